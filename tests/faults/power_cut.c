/* A power cut and a full disk, for a program that is not told.
 *
 *     cc -shared -fPIC -O1 -o power_cut.so power_cut.c -ldl -lpthread
 *     LD_PRELOAD=./power_cut.so POWER_CUT_MATCH=/books/ POWER_CUT_SHADOW=/tmp/shadow ideni serve ...
 *
 * POWER_CUT_MATCH   regular files whose absolute path contains this text take part; unset or empty: none do
 * POWER_CUT_SHADOW  an existing folder, outside of the match, that holds what a power cut would leave
 * DISK_QUOTA_FILE   a file with a decimal number: so many more bytes fit on the disk
 *
 * The power cut. After each fsync or fdatasync that succeeds, the whole file is copied to SHADOW/basename (under another
 * name, then renamed, so that the copy is always complete). Kill the program at any moment: the shadow holds exactly what
 * was synced, that is, the worst power cut. A program that acknowledged something has it in the shadow, or is wrong.
 *   - A write, truncation or removal that was not synced does not reach the shadow: a file cut to nothing and never synced
 *     keeps its old copy.
 *   - A removal (unlink) reaches it with the next fsync of the directory, in the same process.
 *   - A rename takes the copy along at once, as if the directory had been synced with it.
 *   - Matching writes wait while a matching file is synced and copied, so nothing later slips into a copy.
 * Not modelled: a mixture of synced and unsynced sectors, or a torn sector (the shadow is one legal outcome, the one
 * that loses most); a new file whose directory was never synced (its copy is kept); two files of one basename; unlinkat; O_SYNC, msync,
 * sync_file_range, syncfs and sync (they count as no sync); io_uring and direct system calls; writes of a second process
 * between sync and copy; a disk that lies about having synced.
 *
 * The full disk. Every write to a matching file uses up the number, overwriting too (as on a copy-on-write disk), and so does
 * growing a file by ftruncate or fallocate. What still fits is written (a short write), then ENOSPC. Write another number at any
 * time: it counts from that moment, so 0 fills the disk now and a large one makes room. The file is read, never written;
 * an empty one, seen while it is being rewritten, changes nothing. The count is one process's.
 * Not modelled: space that removing or truncating gives back; sendfile, splice and stores through mmap.
 *
 * Reading for the copy uses the program's own descriptor: opening and closing the file once more would drop the POSIX
 * locks that SQLite holds on it (fcntl(2)). Only a file opened for writing alone is opened again.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The function of the C library behind ours. */
#define REAL(name)                                                                                                     \
    static __typeof__(&name) real;                                                                                     \
    if (!__atomic_load_n(&real, __ATOMIC_ACQUIRE))                                                                     \
        __atomic_store_n(&real, (__typeof__(&name))dlsym(RTLD_NEXT, #name), __ATOMIC_RELEASE);

/* One at a time: matching writes, syncs with their copies, and the count. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* A copy or a count that silently failed would make the test lie. */
static void give_up(const char *what, const char *path)
{
    int error = errno;
    char line[PATH_MAX + 200];
    int length = snprintf(line, sizeof line, "power_cut: %s %s: %s\n", what, path, strerror(error));
    REAL(write);
    if (real(2, line, (size_t)length) < 0) {}
    abort();
}

/* The type (S_IFREG, S_IFDIR) of a matching descriptor and its path; 0 if it takes no part. */
static mode_t matching(int fd, char path[PATH_MAX])
{
    const char *match = setting("POWER_CUT_MATCH");
    if (!match || fd < 0)
        return 0;
    int before = errno;
    char link[64];
    struct stat about;
    mode_t type = 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 2);
    if (length > 0 && path[0] == '/' && fstat(fd, &about) == 0) {
        type = about.st_mode & S_IFMT;
        /* "/books" matches "/books/", so that a directory belongs to its own files. */
        memcpy(path + length, type == S_IFDIR ? "/" : "", type == S_IFDIR ? 2 : 1);
        if (!strstr(path, match) || (type == S_IFREG && about.st_nlink == 0))
            type = 0;
    }
    errno = before;
    return type == S_IFREG || type == S_IFDIR ? type : 0;
}

/* ---- the shadow ---- */

static void shadow_path(char out[PATH_MAX], const char *name, const char *suffix)
{
    const char *slash = strrchr(name, '/');
    int length = snprintf(out, PATH_MAX, "%s/%s%s", setting("POWER_CUT_SHADOW"), slash ? slash + 1 : name, suffix);
    if (length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        give_up("shadow of", name);
    }
}

static void copy_file(int fd, const char *path)
{
    static char block[1 << 16]; /* under the gate */
    char part[PATH_MAX], whole[PATH_MAX];
    REAL(write);
    int from = fd;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY && (from = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        give_up("open", path);
    shadow_path(part, path, ".tmp");
    shadow_path(whole, path, "");
    int to = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (to < 0)
        give_up("open", part);
    off64_t at = 0;
    for (;;) {
        ssize_t got = pread64(from, block, sizeof block, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            give_up("read", path);
        if (got == 0)
            break;
        for (ssize_t done = 0; done < got;) {
            ssize_t put = real(to, block + done, (size_t)(got - done));
            if (put < 0 && errno != EINTR)
                give_up("write", part);
            done += put > 0 ? put : 0;
        }
        at += got;
    }
    if (from != fd)
        close(from);
    if (close(to) != 0 || renameat(AT_FDCWD, part, AT_FDCWD, whole) != 0)
        give_up("rename", part);
}

/* Files that were removed, but whose directory was not synced since; under the gate. */
struct removal {
    struct removal *next;
    char path[];
};
static struct removal *removals;

/* The removal of this file is settled: its directory is on disk, or a file of its name is. */
static void forget_removal(const char *path)
{
    for (struct removal **at = &removals; *at;) {
        struct removal *one = *at;
        if (strcmp(one->path, path) != 0) {
            at = &one->next;
            continue;
        }
        *at = one->next;
        free(one);
    }
}

/* `directory` ends with a slash. */
static void carry_out_removals(const char *directory)
{
    size_t length = strlen(directory);
    for (struct removal *one = removals, *next; one; one = next) {
        char copy[PATH_MAX];
        next = one->next;
        if (strncmp(one->path, directory, length) != 0 || strchr(one->path + length, '/'))
            continue;
        shadow_path(copy, one->path, "");
        if (unlinkat(AT_FDCWD, copy, 0) != 0 && errno != ENOENT)
            give_up("remove", copy);
        /* Frees this one only: a name is in the list once. */
        forget_removal(one->path);
    }
}

/* The absolute path of a file about to be removed; 0 if it takes no part. */
static int to_remove(const char *name, char path[PATH_MAX])
{
    const char *match = setting("POWER_CUT_MATCH");
    int before = errno;
    int part = match && setting("POWER_CUT_SHADOW") && realpath(name, path) && strstr(path, match);
    errno = before;
    return part;
}

static void removed(const char *path)
{
    int after = errno;
    struct removal *one = malloc(sizeof *one + strlen(path) + 1);
    if (!one)
        give_up("remember", path);
    strcpy(one->path, path);
    pthread_mutex_lock(&gate);
    forget_removal(path);
    one->next = removals;
    removals = one;
    pthread_mutex_unlock(&gate);
    errno = after;
}

int unlink(const char *name)
{
    REAL(unlink);
    char path[PATH_MAX];
    int part = to_remove(name, path);
    int result = real(name);
    if (result == 0 && part)
        removed(path);
    return result;
}

static int synced(int (*real)(int), int fd)
{
    char path[PATH_MAX];
    mode_t type = setting("POWER_CUT_SHADOW") ? matching(fd, path) : 0;
    if (!type)
        return real(fd);
    pthread_mutex_lock(&gate);
    int result = real(fd);
    int after = errno;
    if (result == 0 && type == S_IFREG) {
        copy_file(fd, path);
        forget_removal(path);
    } else if (result == 0) {
        carry_out_removals(path);
    }
    pthread_mutex_unlock(&gate);
    errno = after;
    return result;
}

int fsync(int fd)
{
    REAL(fsync);
    return synced(real, fd);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    return synced(real, fd);
}

static void take_along(const char *old, const char *new)
{
    char path[PATH_MAX], from[PATH_MAX], to[PATH_MAX];
    const char *match = setting("POWER_CUT_MATCH");
    int after = errno;
    if (match && setting("POWER_CUT_SHADOW") && realpath(new, path) && strstr(path, match)) {
        shadow_path(from, old, "");
        shadow_path(to, path, "");
        pthread_mutex_lock(&gate);
        /* What was never synced has no copy: then the name it replaces has none that counts, either. */
        if (renameat(AT_FDCWD, from, AT_FDCWD, to) != 0 && errno == ENOENT)
            unlinkat(AT_FDCWD, to, 0);
        forget_removal(path);
        pthread_mutex_unlock(&gate);
    }
    errno = after;
}

int rename(const char *old, const char *new)
{
    REAL(rename);
    int result = real(old, new);
    if (result == 0)
        take_along(old, new);
    return result;
}

/* ---- the full disk ---- */

static unsigned long long used; /* since the number was last written; under the gate, as all below */

/* How many more bytes fit. */
static unsigned long long left(const char *file)
{
    static struct timespec seen_at;
    static ino_t seen_inode;
    static unsigned long long allowed;
    int before = errno;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        give_up("open", file);
    struct stat about;
    char text[32];
    ssize_t length = fstat(fd, &about) == 0 ? read(fd, text, sizeof text - 1) : -1;
    close(fd);
    if (length < 0)
        give_up("read", file);
    text[length] = 0;
    char *end = text;
    unsigned long long number = strtoull(text, &end, 10);
    int changed = number != allowed || about.st_ino != seen_inode || about.st_mtim.tv_sec != seen_at.tv_sec ||
                  about.st_mtim.tv_nsec != seen_at.tv_nsec;
    if (end != text && changed) {
        allowed = number;
        used = 0;
        seen_inode = about.st_ino;
        seen_at = about.st_mtim;
    }
    errno = before;
    return used < allowed ? allowed - used : 0;
}

/* Takes part in a quota or a shadow: the gate is closed behind it, and `room` says what fits. */
static int enter(int fd, unsigned long long *room)
{
    char path[PATH_MAX];
    const char *quota = setting("DISK_QUOTA_FILE");
    if ((!quota && !setting("POWER_CUT_SHADOW")) || matching(fd, path) != S_IFREG)
        return 0;
    pthread_mutex_lock(&gate);
    *room = quota ? left(quota) : ULLONG_MAX;
    return 1;
}

static void leave(unsigned long long spent)
{
    int after = errno;
    used += spent;
    pthread_mutex_unlock(&gate);
    errno = after;
}

/* One write: `call` is the real one, in terms of `fits`, the bytes that still fit of `count`. */
#define WRITE(fd, count, call)                                                                                         \
    unsigned long long room = ULLONG_MAX;                                                                              \
    int part = enter(fd, &room);                                                                                       \
    size_t fits = (count) < room ? (count) : (size_t)room;                                                             \
    ssize_t result = -1;                                                                                               \
    if ((count) > 0 && fits == 0)                                                                                      \
        errno = ENOSPC;                                                                                                \
    else                                                                                                               \
        result = call;                                                                                                 \
    if (part)                                                                                                          \
        leave(result > 0 ? (unsigned long long)result : 0);                                                            \
    return result;

ssize_t write(int fd, const void *data, size_t count)
{
    REAL(write);
    WRITE(fd, count, real(fd, data, fits))
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at)
{
    REAL(pwrite);
    WRITE(fd, count, real(fd, data, fits, at))
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at)
{
    REAL(pwrite64);
    WRITE(fd, count, real(fd, data, fits, at))
}

ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t count, unsigned flags)
{
    REAL(copy_file_range);
    WRITE(out, count, real(in, in_at, out, out_at, fits, flags))
}

/* Of a vector that does not fit whole, the first non-empty piece is written as far as it fits: a short write. */
static struct iovec first_piece(const struct iovec *pieces, int count, size_t *total)
{
    struct iovec first = {NULL, 0};
    *total = 0;
    for (int i = 0; i < count; i++) {
        if (first.iov_len == 0)
            first = pieces[i];
        *total += pieces[i].iov_len;
    }
    return first;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    REAL(writev);
    size_t total;
    struct iovec first = first_piece(pieces, count, &total), cut = first;
    WRITE(fd, total, fits == total ? real(fd, pieces, count) : (cut.iov_len = smaller(fits, first.iov_len), real(fd, &cut, 1)))
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at)
{
    REAL(pwritev);
    size_t total;
    struct iovec first = first_piece(pieces, count, &total), cut = first;
    WRITE(fd, total,
          fits == total ? real(fd, pieces, count, at) : (cut.iov_len = smaller(fits, first.iov_len), real(fd, &cut, 1, at)))
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t at)
{
    REAL(pwritev64);
    size_t total;
    struct iovec first = first_piece(pieces, count, &total), cut = first;
    WRITE(fd, total,
          fits == total ? real(fd, pieces, count, at) : (cut.iov_len = smaller(fits, first.iov_len), real(fd, &cut, 1, at)))
}

/* The bytes a file would grow by to this size. */
static unsigned long long growth(int fd, off64_t size)
{
    struct stat64 about;
    return fstat64(fd, &about) == 0 && size > about.st_size ? (unsigned long long)(size - about.st_size) : 0;
}

/* One change of size, all or nothing: `failed` is what the call returns for ENOSPC. */
#define GROW(fd, size, call, failed)                                                                                   \
    unsigned long long room = ULLONG_MAX;                                                                              \
    int part = enter(fd, &room);                                                                                       \
    unsigned long long more = part ? growth(fd, size) : 0;                                                             \
    int result = failed;                                                                                               \
    if (more > room)                                                                                                   \
        errno = ENOSPC;                                                                                                \
    else                                                                                                               \
        result = call;                                                                                                 \
    if (part)                                                                                                          \
        leave(result == 0 ? more : 0);                                                                                 \
    return result;

int ftruncate(int fd, off_t size)
{
    REAL(ftruncate);
    GROW(fd, size, real(fd, size), -1)
}

int ftruncate64(int fd, off64_t size)
{
    REAL(ftruncate64);
    GROW(fd, size, real(fd, size), -1)
}

int fallocate(int fd, int mode, off_t at, off_t length)
{
    REAL(fallocate);
    GROW(fd, at + length, real(fd, mode, at, length), -1)
}

int fallocate64(int fd, int mode, off64_t at, off64_t length)
{
    REAL(fallocate64);
    GROW(fd, at + length, real(fd, mode, at, length), -1)
}

int posix_fallocate(int fd, off_t at, off_t length)
{
    REAL(posix_fallocate);
    GROW(fd, at + length, real(fd, at, length), ENOSPC)
}

int posix_fallocate64(int fd, off64_t at, off64_t length)
{
    REAL(posix_fallocate64);
    GROW(fd, at + length, real(fd, at, length), ENOSPC)
}
