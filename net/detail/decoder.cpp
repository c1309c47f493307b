// SPDX-License-Identifier: MIT
#include "net/detail/decoder.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "net/detail/ascii.hpp"

namespace tocsin::net::detail {
namespace {

using Step = Decoder::Step;
using Buffer = std::array<char, 16U << 10U>;

/// Where decoders put their output: one for a thread, so that a decoder stays small.
Buffer& buffer() {
  thread_local Buffer bytes;
  return bytes;
}

bool append(std::string& out, std::size_t limit, std::size_t count) {
  if (out.size() > limit || count > limit - out.size()) return false;
  out.append(buffer().data(), count);
  return true;
}

// The wide windows that zlib reads: a zlib header, a gzip header, or none.
constexpr int kZlib = MAX_WBITS;
constexpr int kGzip = MAX_WBITS + 16;
constexpr int kRaw = -MAX_WBITS;

/// gzip (RFC 1952), also of several members, and deflate (RFC 1950, or bare RFC 1951, which some
/// servers send under that name).
class Inflater final : public Decoder {
 public:
  explicit Inflater(int window) : window_(window) {}
  ~Inflater() override {
    if (started_) ::inflateEnd(&stream_);
  }

  Step decode(std::string_view& bytes, std::string& out, std::size_t limit) override {
    const auto all = std::exchange(bytes, {});
    if (all.empty() || trailing_) return Step::fine;
    if (!started_ && !start(all.front())) return Step::broken;
    // zlib takes its input by a pointer to non-const and does not write there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(all.data()));
    stream_.avail_in = static_cast<uInt>(all.size());
    const auto size_before = out.size();
    for (;;) {
      if (ended_ && !next_member()) return Step::fine;
      if (stream_.avail_in > 0 && out.size() - size_before >= kMuch) {
        bytes = all.substr(all.size() - stream_.avail_in);
        return Step::fine;
      }
      stream_.next_out = reinterpret_cast<Bytef*>(buffer().data());
      stream_.avail_out = static_cast<uInt>(buffer().size());
      const int status = ::inflate(&stream_, Z_NO_FLUSH);
      if (!append(out, limit, buffer().size() - stream_.avail_out)) return Step::too_large;
      if (status == Z_BUF_ERROR) return Step::fine;  // it wants more than there is
      if (status != Z_OK && status != Z_STREAM_END) return Step::broken;
      ended_ = status == Z_STREAM_END;
      if (stream_.avail_in == 0 && stream_.avail_out > 0) return Step::fine;
    }
  }

  [[nodiscard]] bool whole() const override { return ended_; }

 private:
  bool start(char first) {
    // A zlib header names method 8 in its low half; deflate without one cannot begin so in
    // practice.
    if (window_ == kZlib && (static_cast<unsigned char>(first) & 0x0FU) != 8) window_ = kRaw;
    started_ = ::inflateInit2(&stream_, window_) == Z_OK;
    return started_;
  }

  /// After one gzip member another may follow; anything else there is padding and is passed over.
  bool next_member() {
    constexpr Bytef kFirstOfMagic = 0x1F;
    if (stream_.avail_in == 0) return false;
    trailing_ = window_ != kGzip || *stream_.next_in != kFirstOfMagic;
    if (trailing_) return false;
    ended_ = false;
    return ::inflateReset(&stream_) == Z_OK;
  }

  int window_;
  z_stream stream_{};
  bool started_ = false, ended_ = false, trailing_ = false;
};

/// Brotli (RFC 7932).
class Unbrotli final : public Decoder {
 public:
  Unbrotli() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {}
  ~Unbrotli() override { BrotliDecoderDestroyInstance(state_); }

  Step decode(std::string_view& bytes, std::string& out, std::size_t limit) override {
    const auto all = std::exchange(bytes, {});
    if (whole()) return Step::fine;  // what follows the end is not ours
    auto left = all.size();
    const auto* in = reinterpret_cast<const std::uint8_t*>(all.data());
    const auto size_before = out.size();
    for (;;) {
      if (left > 0 && out.size() - size_before >= kMuch) {
        bytes = all.substr(all.size() - left);
        return Step::fine;
      }
      auto room = buffer().size();
      auto* to = reinterpret_cast<std::uint8_t*>(buffer().data());
      const auto result = BrotliDecoderDecompressStream(state_, &left, &in, &room, &to, nullptr);
      if (!append(out, limit, buffer().size() - room)) return Step::too_large;
      if (result == BROTLI_DECODER_RESULT_ERROR) return Step::broken;
      if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return Step::fine;
    }
  }

  [[nodiscard]] bool whole() const override { return BrotliDecoderIsFinished(state_) != 0; }

 private:
  BrotliDecoderState* state_;
};

/// Zstandard (RFC 8878), also of several frames.
class Unzstd final : public Decoder {
 public:
  Unzstd() : state_(ZSTD_createDStream()) {
    // RFC 8878, 3.1.1.1.2: decoders for the web refuse windows above 8 MiB.
    constexpr int kLargestWindow = 23;
    ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kLargestWindow);
  }
  ~Unzstd() override { ZSTD_freeDStream(state_); }

  Step decode(std::string_view& bytes, std::string& out, std::size_t limit) override {
    const auto all = std::exchange(bytes, {});
    ZSTD_inBuffer in{all.data(), all.size(), 0};
    const auto size_before = out.size();
    for (;;) {
      if (in.pos < in.size && out.size() - size_before >= kMuch) {
        bytes = all.substr(in.pos);
        return Step::fine;
      }
      ZSTD_outBuffer to{buffer().data(), buffer().size(), 0};
      const auto result = ZSTD_decompressStream(state_, &to, &in);
      if (!append(out, limit, to.pos)) return Step::too_large;
      if (ZSTD_isError(result) != 0) return Step::broken;
      ended_ = result == 0;
      if (ended_ && in.pos == in.size) return Step::fine;
      if (in.pos == in.size && to.pos < to.size) return Step::fine;
    }
  }

  [[nodiscard]] bool whole() const override { return ended_; }

 private:
  ZSTD_DStream* state_;
  bool ended_ = false;
};

/// Two codings, one in the other: what `outer` gives is what `inner` takes.
class Stacked final : public Decoder {
 public:
  Stacked(std::unique_ptr<Decoder> outer, std::unique_ptr<Decoder> inner)
      : outer_(std::move(outer)), inner_(std::move(inner)) {}

  Step decode(std::string_view& bytes, std::string& out, std::size_t limit) override {
    constexpr std::size_t kLittle = 512;  // a little may become much twice
    auto some = bytes.substr(0, kLittle);
    const auto offered = some.size();
    std::string between;
    const auto step = outer_->decode(some, between, limit - passed_);
    bytes.remove_prefix(offered - some.size());
    if (step != Step::fine || between.empty()) return step;
    passed_ += between.size();
    auto inner_step = Step::fine;
    for (std::string_view rest = between; inner_step == Step::fine && !rest.empty();)
      inner_step = inner_->decode(rest, out, limit);
    return inner_step;
  }

  [[nodiscard]] bool whole() const override { return outer_->whole() && inner_->whole(); }

 private:
  std::unique_ptr<Decoder> outer_, inner_;
  std::size_t passed_ = 0;  // bytes between the two so far; never above the limit
};

std::unique_ptr<Decoder> decoder_of(std::string_view coding) {
  const auto name = lower(coding);
  if (name == "gzip" || name == "x-gzip") return std::make_unique<Inflater>(kGzip);
  if (name == "deflate") return std::make_unique<Inflater>(kZlib);
  if (name == "br") return std::make_unique<Unbrotli>();
  if (name == "zstd") return std::make_unique<Unzstd>();
  return nullptr;
}

/// The codings of a list, without those that do nothing.
/// Some servers put a charset here, or a word for nothing: browsers read on.
bool is_no_coding(std::string_view coding) {
  constexpr std::array<std::string_view, 7> kNames = {"identity", "none", "utf-8", "utf8",
                                                      "binary",   "8bit", "7bit"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return same_name(coding, name); });
}

std::vector<std::string_view> split(std::string_view codings) {
  std::vector<std::string_view> out;
  while (!codings.empty()) {
    const auto comma = std::min(codings.find(','), codings.size());
    const auto coding = trimmed(codings.substr(0, comma));
    codings.remove_prefix(std::min(comma + 1, codings.size()));
    if (!coding.empty() && !is_no_coding(coding)) out.push_back(coding);
  }
  return out;
}

}  // namespace

bool is_identity(std::string_view codings) {
  return split(codings).empty();
}

std::unique_ptr<Decoder> make_decoder(std::string_view codings) {
  const auto list = split(codings);
  if (list.size() > kMostCodings) return nullptr;
  std::unique_ptr<Decoder> all;
  for (const auto coding : list) {  // the last was applied last, so it is undone first
    auto next = decoder_of(coding);
    if (!next) return nullptr;
    all = all ? std::make_unique<Stacked>(std::move(next), std::move(all)) : std::move(next);
  }
  return all;
}

}  // namespace tocsin::net::detail
