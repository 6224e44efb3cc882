// A preload library that lets the n-th call that changes files below a folder fail with EIO, also calls of SQLite,
// which no mock of Node.js reaches.. The process under test controls it by a file of
// three 32-bit numbers: the number of the call that fails (0: none), the number of calls so far, and the error. If
// BANTIN_FAULT_LOG names a file, each call is also written there, with its bytes (power-cut.ts).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile int32_t *control;
static const char *folder;
static char *watched[65536];
static int record = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("BANTIN_FAULT_CONTROL");
  folder = getenv("BANTIN_FAULT_FOLDER");
  if (path == NULL || folder == NULL) return;
  int file = open(path, O_RDWR);
  if (file < 0) return;
  void *map = mmap(NULL, 12, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (map != MAP_FAILED) control = map;
  const char *log = getenv("BANTIN_FAULT_LOG");
  if (log != NULL) record = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int is_watched_path(const char *path) {
  return control != NULL && path != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_watched(int file) { return control != NULL && file >= 0 && file < 65536 && watched[file] != NULL; }

/** Writes a line of the log: the call, the paths, a number, and the number of bytes that follow the line. */
static void note(const char *call, const char *path, const char *to, long at, const void *bytes, size_t size) {
  if (record < 0) return;
  char line[8300];
  int length = snprintf(line, sizeof line, "%s\t%s\t%s\t%ld\t%zu\n", call, path, to, at, size);
  pthread_mutex_lock(&lock);
  syscall(SYS_write, record, line, length);
  if (size > 0) syscall(SYS_write, record, bytes, size);
  pthread_mutex_unlock(&lock);
}

static long place(int file) {
  struct stat found;
  if (fcntl(file, F_GETFL) & O_APPEND) return fstat(file, &found) == 0 ? (long)found.st_size : 0;
  return lseek(file, 0, SEEK_CUR);
}

static int is_due(void) {
  if (__sync_add_and_fetch(&control[1], 1) != control[0]) return 0;
  errno = control[2];
  return 1;
}

static int opened(int file, const char *path, int flags) {
  if (file < 0 || file >= 65536) return file;
  free(watched[file]);
  watched[file] = is_watched_path(path) ? strdup(path) : NULL;
  if (watched[file] != NULL && (flags & O_CREAT)) note("create", path, "", 0, NULL, 0);
  if (watched[file] != NULL && (flags & O_TRUNC)) note("truncate", path, "", 0, NULL, 0);
  return file;
}

// Opening for reading changes nothing, so only opening for writing counts.
#define OPEN(name)                                                                                   \
  int name(const char *path, int flags, ...) {                                                       \
    static int (*real)(const char *, int, ...);                                                      \
    if (real == NULL) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name);               \
    va_list given;                                                                                   \
    va_start(given, flags);                                                                          \
    int mode = va_arg(given, int);                                                                   \
    va_end(given);                                                                                   \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_watched_path(path) && is_due()) return -1;      \
    return opened(real(path, flags, mode), path, flags);                                                    \
  }
OPEN(open)
OPEN(open64)

static void note_parts(int file, long at, const struct iovec *parts, int count) {
  for (int part = 0; part < count; part++) {
    note("write", watched[file], "", at, parts[part].iov_base, parts[part].iov_len);
    at += parts[part].iov_len;
  }
}

// The call is noted after it has succeeded, because a sync counts only then.
#define WITH_FILE(type, name, parameters, arguments, noted)                                          \
  type name parameters {                                                                             \
    static type(*real) parameters;                                                                   \
    if (real == NULL) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);                            \
    int counts = is_watched(file);                                                                   \
    if (counts && is_due()) return -1;                                                               \
    long before = counts && record >= 0 ? place(file) : 0;                                           \
    type result = real arguments;                                                                    \
    if (counts && result >= 0) noted;                                                                \
    (void)before;                                                                                    \
    return result;                                                                                   \
  }
WITH_FILE(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size),
          note("write", watched[file], "", before, bytes, size))
WITH_FILE(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at),
          note("write", watched[file], "", at, bytes, size))
WITH_FILE(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at),
          note("write", watched[file], "", at, bytes, size))
WITH_FILE(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), note_parts(file, before, parts, count))
WITH_FILE(int, fsync, (int file), (file), note("sync", watched[file], "", 0, NULL, 0))
WITH_FILE(int, fdatasync, (int file), (file), note("sync", watched[file], "", 0, NULL, 0))
WITH_FILE(int, ftruncate, (int file, off_t size), (file, size), note("truncate", watched[file], "", size, NULL, 0))
WITH_FILE(int, ftruncate64, (int file, off64_t size), (file, size), note("truncate", watched[file], "", size, NULL, 0))

#define WITH_PATH(type, name, parameters, arguments, to)                                                 \
  type name parameters {                                                                             \
    static type(*real) parameters;                                                                   \
    if (real == NULL) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);                            \
    if (is_watched_path(path) && is_due()) return -1;                                                \
    type result = real arguments;                                                                    \
    if (result == 0 && is_watched_path(path)) note(#name, path, to, 0, NULL, 0);                     \
    return result;                                                                           \
  }
WITH_PATH(int, rename, (const char *path, const char *to), (path, to), to)
WITH_PATH(int, unlink, (const char *path), (path), "")
WITH_PATH(int, rmdir, (const char *path), (path), "")
WITH_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode), "")
WITH_PATH(int, link, (const char *path, const char *to), (path, to), to)
