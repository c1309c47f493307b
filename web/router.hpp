// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/access.hpp"
#include "web/http.hpp"

namespace tocsin::web {

/// Which handler answers which path. Loop thread only, once the server runs.
class Router {
 public:
  /// Where handlers go: `path` is exact, or with a "/" at its end all that begins with it.
  struct Route {
    std::string method;  ///< "GET" answers HEAD too
    std::string path;
    Access access = Access::readers;
    Handler handler;
  };

  void add(Route route) { routes_.push_back(std::move(route)); }

  /// The answer to `request`: a handler's, a refusal of `judge`, 404, or 405 with `Allow`. A
  /// handler that throws is answered with 500 and logged; the text of the exception is not shown.
  [[nodiscard]] boost::asio::awaitable<Response> answer(Request request, Guard guard) const;

 private:
  [[nodiscard]] std::vector<const Route*> for_path(std::string_view path) const;

  std::vector<Route> routes_;
};

}  // namespace tocsin::web
