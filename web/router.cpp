// SPDX-License-Identifier: MIT
#include "web/router.hpp"

#include <exception>
#include <utility>

#include "base/log.hpp"

namespace tocsin::web {
namespace {

bool fits(const Router::Route& route, std::string_view path) {
  if (route.path.size() > 1 && route.path.back() == '/') return path.starts_with(route.path);
  return path == route.path;
}

bool takes(const Router::Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

Response not_allowed(const std::vector<const Router::Route*>& routes) {
  std::string methods;
  for (const auto* route : routes) {
    methods += (methods.empty() ? "" : ", ") + route->method;
    if (route->method == "GET") methods += ", HEAD";
  }
  Response out;
  out.status = 405;
  out.headers.emplace_back("Allow", methods);
  out.body = "this path takes " + methods + "\n";
  return out;
}

Response failed(std::string_view path, const std::exception& bug) {
  log::error("web", "a request failed", {{"path", std::string(path)}, {"error", bug.what()}});
  Response out;
  out.status = 500;
  out.body = "internal error; the log says more\n";
  return out;
}

}  // namespace

std::vector<const Router::Route*> Router::for_path(std::string_view path) const {
  std::vector<const Route*> out;
  for (const auto& route : routes_)
    if (fits(route, path)) out.push_back(&route);
  return out;
}

boost::asio::awaitable<Response> Router::answer(Request request, Guard guard) const {
  const auto routes = for_path(request.path);
  const Route* route = nullptr;
  for (const auto* one : routes)
    if (route == nullptr && takes(*one, request.method)) route = one;
  // Whoever may not read learns nothing of which paths there are.
  const auto access = route != nullptr ? route->access : Access::readers;
  auto refusal = judge(request, access, guard);
  if (refusal.status != 0) co_return refusal;
  if (routes.empty()) {
    Response missing;
    missing.status = 404;
    missing.body = "there is nothing here; /-/healthy, /-/ready and /metrics are\n";
    co_return missing;
  }
  if (route == nullptr) co_return not_allowed(routes);
  const auto path = request.path;
  try {
    auto answering = route->handler(std::move(request));
    auto response = co_await std::move(answering);
    co_return response;
  } catch (const std::exception& bug) {
    co_return failed(path, bug);
  }
}

}  // namespace tocsin::web
