/* Records what a program writes below one folder, or makes the n-th of its writes fail.
 *
 * Loaded before the C library (LD_PRELOAD). Every write, sync and change of a name below $DISK_ROOT goes through to the
 * real file and, in the same order, as a record into $DISK_LOG; lines written to the file $DISK_SAID are records too, so
 * that it is known what the program had acknowledged when. From the records, power cuts at any moment can be played.
 *
 * disk_fail("ENOSPC 17 5", "wsn", memory) instead fails the 17th write or sync below the folder and the next 4 ("EIO 17
 * 0": all from the 17th on); the second text names which count: w writes, s syncs, n changes of names, o opening.
 * While the file $DISK_DEAD is there, every sync below the folder fails with EIO, in every process.
 * $DISK_LIES names syncs that do nothing: f of files, d of folders, w of write-ahead logs of SQLite.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, SYNC_FOLDER, RENAME, UNLINK, MKDIR, RMDIR, LINK, EXCHANGE, SAID };
enum { MOST = 65536 };

struct head { uint32_t op, one, two, data; uint64_t inode; int64_t offset; };

static char root[PATH_MAX], said[PATH_MAX], dead[PATH_MAX], fail_calls[8] = "wsn", lies[8];
static size_t root_length;
static int log_file = -1, is_failing, fail_code;
static long fail_from, fail_count;
struct counter { long calls, failed; char path[4200]; };
static struct counter *counted;
static unsigned char tracked[MOST];
static pthread_mutex_t mine = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name, type, ...) static type (*real_##name)(__VA_ARGS__)
REAL(open, int, const char *, int, ...);
REAL(openat, int, int, const char *, int, ...);
REAL(close, int, int);
REAL(write, ssize_t, int, const void *, size_t);
REAL(pwrite, ssize_t, int, const void *, size_t, off_t);
REAL(ftruncate, int, int, off_t);
REAL(truncate, int, const char *, off_t);
REAL(fsync, int, int);
REAL(fdatasync, int, int);
REAL(rename, int, const char *, const char *);
REAL(renameat, int, int, const char *, int, const char *);
REAL(renameat2, int, int, const char *, int, const char *, unsigned);
REAL(unlink, int, const char *);
REAL(unlinkat, int, int, const char *, int);
REAL(mkdir, int, const char *, mode_t);
REAL(mkdirat, int, int, const char *, mode_t);
REAL(rmdir, int, const char *);
REAL(link, int, const char *, const char *);
REAL(linkat, int, int, const char *, int, const char *, int);

static void code_named(const char *name) {
    fail_code = !strcmp(name, "ENOSPC") ? ENOSPC : !strcmp(name, "EIO") ? EIO : !strcmp(name, "EMFILE") ? EMFILE
              : !strcmp(name, "EROFS") ? EROFS : !strcmp(name, "EINTR") ? EINTR : EDQUOT;
}

__attribute__((constructor)) static void start(void) {
#define FIND(name) real_##name = dlsym(RTLD_NEXT, #name)
    FIND(open); FIND(openat); FIND(close); FIND(write); FIND(pwrite); FIND(ftruncate); FIND(truncate); FIND(fsync);
    FIND(fdatasync); FIND(rename); FIND(renameat); FIND(renameat2); FIND(unlink); FIND(unlinkat); FIND(mkdir);
    FIND(mkdirat); FIND(rmdir); FIND(link); FIND(linkat);
    const char *given = getenv("DISK_ROOT");
    if (!given || !realpath(given, root)) return;
    root_length = strlen(root);
    if ((given = getenv("DISK_SAID"))) snprintf(said, sizeof said, "%s", given);
    if ((given = getenv("DISK_DEAD"))) snprintf(dead, sizeof dead, "%s", given);
    if ((given = getenv("DISK_LIES"))) snprintf(lies, sizeof lies, "%s", given);
    if ((given = getenv("DISK_LOG"))) {
        log_file = real_open(given, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        int high = fcntl(log_file, F_DUPFD_CLOEXEC, 900);
        if (high >= 0) { real_close(log_file); log_file = high; }
    }
}

/* The log is written under one lock for all processes, so that its order is that of what happened. */
static int lock_file = -1;
static pid_t lock_owner;
static void lock(void) {
    pthread_mutex_lock(&mine);
    if (log_file < 0) return;
    if (lock_owner != getpid()) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", log_file);
        lock_file = real_open(path, O_WRONLY | O_CLOEXEC);
        int high = fcntl(lock_file, F_DUPFD_CLOEXEC, 900);
        if (high >= 0) { real_close(lock_file); lock_file = high; }
        lock_owner = getpid();
    }
    while (flock(lock_file, LOCK_EX) && errno == EINTR) {}
}
static void unlock(void) {
    int kept = errno;
    if (log_file >= 0) flock(lock_file, LOCK_UN);
    pthread_mutex_unlock(&mine);
    errno = kept;
}

static void note(int op, uint64_t inode, int64_t offset, const char *one, const char *two, const void *data, size_t size) {
    if (log_file < 0) return;
    int kept = errno;
    struct head head = { op, one ? strlen(one) : 0, two ? strlen(two) : 0, size, inode, offset };
    struct iovec parts[4] = { { &head, sizeof head }, { (void *)one, head.one }, { (void *)two, head.two }, { (void *)data, size } };
    if (writev(log_file, parts, 4) < 0) abort();
    errno = kept;
}

/* The full path of a name, where it lies below the root; else NULL. */
static const char *below(int folder, const char *name, char *full) {
    if (!root_length || !name) return NULL;
    char joined[PATH_MAX * 2];
    if (name[0] == '/') snprintf(joined, sizeof joined, "%s", name);
    else {
        char here[PATH_MAX] = "";
        if (folder == AT_FDCWD) { if (!getcwd(here, sizeof here)) return NULL; }
        else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t got = readlink(link, here, sizeof here - 1);
            if (got < 0) return NULL;
            here[got] = 0;
        }
        snprintf(joined, sizeof joined, "%s/%s", here, name);
    }
    size_t length = strlen(joined);
    while (length > 1 && joined[length - 1] == '/') joined[--length] = 0;
    if (strncmp(joined, root, root_length) || (joined[root_length] != '/' && joined[root_length])) return NULL;
    if (length >= PATH_MAX) return NULL;
    memcpy(full, joined, length + 1);
    return full + root_length;
}

static int fails(char kind, const char *path, int file) {
    if (!is_failing || !strchr(fail_calls, kind)) return 0;
    long number = __sync_add_and_fetch(&counted->calls, 1);
    if (number < fail_from || (fail_count && number >= fail_from + fail_count)) return 0;
    if (!counted->failed++) {
        char link[64], found[PATH_MAX] = "";
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        if (!path && readlink(link, found, sizeof found - 1) > 0) path = strncmp(found, root, root_length) ? found : found + root_length;
        snprintf(counted->path, sizeof counted->path, "%c %s", kind, path ? path : "");
    }
    errno = fail_code;
    return 1;
}

/* From now on, in this process and its children: fail as $DISK_FAIL says. An unknown or empty text ends it. */
void disk_fail(const char *how, const char *calls, void *shared) {
    char name[16] = "";
    is_failing = 0;
    if (sscanf(how, "%15s %ld %ld", name, &fail_from, &fail_count) != 3) return;
    code_named(name);
    snprintf(fail_calls, sizeof fail_calls, "%s", calls);
    counted = shared;
    is_failing = 1;
}

static uint64_t inode_of(int file) {
    struct stat status;
    return fstat(file, &status) ? 0 : status.st_ino;
}

static int is_said(const char *path) { return said[0] && path && !strcmp(path, said); }

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (is_said(name)) {
        int file = real_openat(folder, name, flags, mode);
        if (file >= 0 && file < MOST) tracked[file] = 3;
        return file;
    }
    const char *path = below(folder, name, full);
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    if (!path) {
        int file = real_openat(folder, name, flags, mode);
        if (file >= 0 && file < MOST) tracked[file] = 0;
        return file;
    }
    if (fails('o', path, -1) || ((flags & O_CREAT) && fails('n', path, -1))) return -1;
    lock();
    struct stat status;
    int is_new = (flags & O_CREAT) && lstat(full, &status) && errno == ENOENT;
    int file = real_openat(folder, name, flags, mode);
    if (file >= 0 && file < MOST && !fstat(file, &status)) {
        tracked[file] = S_ISDIR(status.st_mode) ? 2 : writes ? 1 : 4;
        if (is_new) note(CREATE, status.st_ino, 0, path, NULL, NULL, 0);
        else if ((flags & O_TRUNC) && writes) note(TRUNCATE, status.st_ino, 0, NULL, NULL, NULL, 0);
    }
    unlock();
    return file;
}

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int file) {
    if (file >= 0 && (file == log_file || file == lock_file)) return 0;
    if (file >= 0 && file < MOST) tracked[file] = 0;
    return real_close(file);
}

static int kind_of(int file) { return file >= 0 && file < MOST ? tracked[file] : 0; }

static ssize_t written(int file, const void *data, size_t size, off_t offset, int at) {
    int kind = kind_of(file);
    if (kind != 1 && kind != 3) return at ? real_pwrite(file, data, size, offset) : real_write(file, data, size);
    if (kind == 1 && fails('w', NULL, file)) return -1;
    lock();
    ssize_t done = at ? real_pwrite(file, data, size, offset) : real_write(file, data, size);
    if (done > 0) {
        if (kind == 3) note(SAID, 0, 0, NULL, NULL, data, done);
        else note(WRITE, inode_of(file), at ? offset : lseek(file, 0, SEEK_CUR) - done, NULL, NULL, data, done);
    }
    unlock();
    return done;
}
ssize_t write(int file, const void *data, size_t size) { return written(file, data, size, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t size, off_t offset) { return written(file, data, size, offset, 1); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) { return written(file, data, size, offset, 1); }

/* Ways to write that would pass by are refused where they touch the folder; every caller knows another. */
ssize_t writev(int file, const struct iovec *parts, int count) {
    if (kind_of(file) != 1) return syscall(SYS_writev, file, parts, count);
    ssize_t done = 0;
    for (int i = 0; i < count; i++) {
        ssize_t part = written(file, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (part < 0) return done ? done : -1;
        done += part;
        if ((size_t)part < parts[i].iov_len) break;
    }
    return done;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    if (kind_of(out) == 1) { errno = EINVAL; return -1; }
    return syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) { return sendfile(out, in, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    if (kind_of(out) == 1) { errno = ENOSYS; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}
int posix_fallocate(int file, off_t offset, off_t size) {
    if (kind_of(file) == 1) return EINVAL;
    return fallocate(file, 0, offset, size) ? errno : 0;
}

static int shortened(int file, off_t size) {
    if (kind_of(file) != 1) return real_ftruncate(file, size);
    if (fails('w', NULL, file)) return -1;
    lock();
    int done = real_ftruncate(file, size);
    if (!done) note(TRUNCATE, inode_of(file), size, NULL, NULL, NULL, 0);
    unlock();
    return done;
}
int ftruncate(int file, off_t size) { return shortened(file, size); }
int ftruncate64(int file, off64_t size) { return shortened(file, size); }

static int is_wal(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t got = readlink(link, path, sizeof path - 1);
    return got > 4 && !memcmp(path + got - 4, "-wal", 4);
}

static int synced(int file, int (*real)(int)) {
    int kind = kind_of(file);
    if (!kind || kind == 3) return real(file);
    if (fails('s', NULL, file)) return -1;
    if (dead[0] && !access(dead, F_OK)) { errno = EIO; return -1; }
    if (kind == 2 ? strchr(lies, 'd') : is_wal(file) ? strchr(lies, 'w') : strchr(lies, 'f')) return 0;
    lock();
    /* Nothing is lost by not waiting for the real disk: what a cut would take is played from the records. */
    int done = log_file >= 0 ? 0 : real(file);
    if (!done) note(kind == 2 ? SYNC_FOLDER : SYNC, inode_of(file), 0, NULL, NULL, NULL, 0);
    unlock();
    return done;
}
int fsync(int file) { return synced(file, real_fsync); }
int fdatasync(int file) { return synced(file, real_fdatasync); }

static int renamed(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    char one[PATH_MAX], two[PATH_MAX];
    const char *a = below(from_folder, from, one), *b = below(to_folder, to, two);
    if ((a || b) && fails('n', b ? b : a, -1)) return -1;
    lock();
    int done = flags ? real_renameat2(from_folder, from, to_folder, to, flags) : real_renameat(from_folder, from, to_folder, to);
    if (!done && a && b) note(flags & 2 ? EXCHANGE : RENAME, 0, 0, a, b, NULL, 0);
    else if (!done && (a || b)) abort();
    unlock();
    return done;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int f, const char *from, int t, const char *to) { return renamed(f, from, t, to, 0); }
int renameat2(int f, const char *from, int t, const char *to, unsigned flags) { return renamed(f, from, t, to, flags); }

static int removed(int folder, const char *name, int flags) {
    char full[PATH_MAX];
    const char *path = below(folder, name, full);
    if (path && fails('n', path, -1)) return -1;
    lock();
    int done = real_unlinkat(folder, name, flags);
    if (!done && path) note(flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, 0, path, NULL, NULL, 0);
    unlock();
    return done;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }
int remove(const char *name) { return removed(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }

static int made(int folder, const char *name, mode_t mode) {
    char full[PATH_MAX];
    const char *path = below(folder, name, full);
    if (path && fails('n', path, -1)) return -1;
    lock();
    int done = real_mkdirat(folder, name, mode);
    struct stat status;
    if (!done && path && !lstat(full, &status)) note(MKDIR, status.st_ino, 0, path, NULL, NULL, 0);
    unlock();
    return done;
}
int mkdir(const char *name, mode_t mode) { return made(AT_FDCWD, name, mode); }
int mkdirat(int folder, const char *name, mode_t mode) { return made(folder, name, mode); }

static int linked(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    char one[PATH_MAX], two[PATH_MAX];
    const char *a = below(from_folder, from, one), *b = below(to_folder, to, two);
    if (b && fails('n', b, -1)) return -1;
    lock();
    int done = real_linkat(from_folder, from, to_folder, to, flags);
    if (!done && a && b) note(LINK, 0, 0, a, b, NULL, 0);
    unlock();
    return done;
}
int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int f, const char *from, int t, const char *to, int flags) { return linked(f, from, t, to, flags); }
