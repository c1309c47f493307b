// SPDX-License-Identifier: MIT
#include "tests/store/fault_vfs.hpp"

#include <cstring>
#include <new>

#include <sqlite3.h>

namespace tocsin::store {
namespace {

Faults state;

/// Result of the next write or sync: SQLITE_OK, or how it fails.
int next_call(int io_error) {
  const auto call = ++state.calls;
  const auto from = state.fail_from.load();
  if (call < from || call - from >= state.fail_count) return SQLITE_OK;
  return state.full ? SQLITE_FULL : io_error;
}

/// SQLite's own file lies behind ours, in the same block of memory.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* of(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return of(file)->real();
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  if (const int rc = next_call(SQLITE_IOERR_WRITE); rc != SQLITE_OK) return rc;
  return real(file)->pMethods->xWrite(real(file), data, size, offset);
}
int sync(sqlite3_file* file, int flags) {
  if (const int rc = next_call(SQLITE_IOERR_FSYNC); rc != SQLITE_OK) return rc;
  return real(file)->pMethods->xSync(real(file), flags);
}

const sqlite3_io_methods* methods() {
  static sqlite3_io_methods table = [] {
    sqlite3_io_methods m{};
    m.iVersion = 2;
    m.xClose = [](auto* f) { return real(f)->pMethods->xClose(real(f)); };
    m.xRead = [](auto* f, void* to, int size, sqlite3_int64 offset) {
      return real(f)->pMethods->xRead(real(f), to, size, offset);
    };
    m.xWrite = write;
    m.xTruncate = [](auto* f, sqlite3_int64 n) { return real(f)->pMethods->xTruncate(real(f), n); };
    m.xSync = sync;
    m.xFileSize = [](auto* f, sqlite3_int64* n) {
      return real(f)->pMethods->xFileSize(real(f), n);
    };
    m.xLock = [](auto* f, int how) { return real(f)->pMethods->xLock(real(f), how); };
    m.xUnlock = [](auto* f, int how) { return real(f)->pMethods->xUnlock(real(f), how); };
    m.xCheckReservedLock = [](auto* f, int* is) {
      return real(f)->pMethods->xCheckReservedLock(real(f), is);
    };
    m.xFileControl = [](auto* f, int op, void* arg) {
      return real(f)->pMethods->xFileControl(real(f), op, arg);
    };
    m.xSectorSize = [](auto* f) { return real(f)->pMethods->xSectorSize(real(f)); };
    m.xDeviceCharacteristics = [](auto* f) {
      return real(f)->pMethods->xDeviceCharacteristics(real(f));
    };
    m.xShmMap = [](auto* f, int page, int size, int extend, void volatile** to) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
    };
    m.xShmLock = [](auto* f, int offset, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    };
    m.xShmBarrier = [](auto* f) { real(f)->pMethods->xShmBarrier(real(f)); };
    m.xShmUnmap = [](auto* f, int erase) { return real(f)->pMethods->xShmUnmap(real(f), erase); };
    return m;
  }();
  return &table;
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* below = static_cast<sqlite3_vfs*>(vfs->pAppData);
  auto* mine = new (file) File{};
  const int rc = below->xOpen(below, name, mine->real(), flags, out);
  mine->base.pMethods = mine->real()->pMethods != nullptr ? methods() : nullptr;
  return rc;
}

void register_once() {
  static sqlite3_vfs vfs = [] {
    auto* below = sqlite3_vfs_find(nullptr);
    sqlite3_vfs copy = *below;  // everything but opening goes straight to it
    copy.zName = kFaultVfs;
    copy.pNext = nullptr;
    copy.pAppData = below;
    copy.szOsFile = static_cast<int>(sizeof(File)) + below->szOsFile;
    copy.xOpen = open;
    return copy;
  }();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  (void)registered;
}

}  // namespace

Faults& faults() {
  register_once();
  return state;
}

}  // namespace tocsin::store
