// SPDX-License-Identifier: MIT
// What the documents show is what the program takes.
#include <vector>

#include <gtest/gtest.h>
#include <re2/re2.h>
#include <unistd.h>

#include "config/detail/schema.hpp"
#include "config/detail/words.hpp"
#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

std::string document(const std::string& name) {
  return slurp(testing::source_dir() + "/docs/" + name);
}

/// The YAML that `text` shows between its fences.
std::vector<std::string> examples(const std::string& text) {
  constexpr std::string_view kOpen = "```yaml\n";
  std::vector<std::string> out;
  for (auto at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
    at += kOpen.size();
    out.push_back(text.substr(at, text.find("```", at) - at));
  }
  return out;
}

class DocumentsTest : public ::testing::Test {
 protected:
  DocumentsTest() { std::filesystem::create_directories(secrets_); }
  ~DocumentsTest() override { std::filesystem::remove_all(secrets_); }
  DocumentsTest(const DocumentsTest&) = delete;
  DocumentsTest& operator=(const DocumentsTest&) = delete;

  /// `example` with its secrets in files that are there.
  std::string with_secrets(std::string example) const {
    static const re2::RE2 kSecret("/run/secrets/([a-z]+)");
    re2::StringPiece rest(example);
    std::string name;
    while (re2::RE2::FindAndConsume(&rest, kSecret, &name)) {
      const auto file = secrets_ / name;
      std::ofstream(file) << "https://hooks.example.org/s3cret";
      std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    }
    re2::RE2::GlobalReplace(&example, kSecret, secrets_.string() + "/\\1");
    return example;
  }

  std::filesystem::path secrets_ =
      std::filesystem::temp_directory_path() / ("tocsin-documents-" + std::to_string(::getpid()));
};

TEST_F(DocumentsTest, ShowReceiversThatCheck) {
  const auto shown = examples(document("receivers.md"));
  ASSERT_GE(shown.size(), 5U);
  for (const auto& example : shown) {
    const auto loaded = read(with_secrets(example));
    EXPECT_TRUE(loaded.ok()) << describe(loaded) << example;
  }
}

/// Adds the keys of `object` and of what stands below it.
void add_keys(const detail::Object& object, std::vector<std::string>& out) {
  for (const auto& key : object.keys) {
    out.emplace_back(key.name);
    if (key.shape.object_of != nullptr) add_keys(*key.shape.object_of, out);
  }
}

TEST_F(DocumentsTest, NameEveryOptionOfEveryReceiver) {
  const auto text = document("receivers.md");
  std::vector<std::string> keys;
  for (const auto* object : detail::objects_of(detail::kFileSchema))
    if (object->name == "receiver") add_keys(*object, keys);
  ASSERT_GE(keys.size(), 50U);
  for (const auto& key : keys) {
    const re2::RE2 named("(^|[^a-z_])" + key + "(_file)?(:|`)");
    EXPECT_TRUE(re2::RE2::PartialMatch(text, named)) << key;
  }
}

}  // namespace
}  // namespace tocsin::config
