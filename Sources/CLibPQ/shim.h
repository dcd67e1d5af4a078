#pragma once

#include <libpq-fe.h>
#include <netdb.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

/* Two parts of posix_spawn that glibc declares for _GNU_SOURCE alone. */
#include <spawn.h>
extern int posix_spawn_file_actions_addchdir_np(
    posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(
    posix_spawn_file_actions_t *actions, int from);

/* Swift imports no variadic functions, such as prctl, and no GNU extensions of pthread.h. */
static inline void clibpq_name_thread(const char *name) {
  prctl(PR_SET_NAME, name, 0, 0, 0);
}
