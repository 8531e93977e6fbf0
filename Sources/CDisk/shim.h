// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <sys/syscall.h>
#include <unistd.h>

// Swift sees glibc without its GNU extensions, syncfs among them; syscall(2) is variadic.
static inline int doorbell_syncfs(int descriptor) {
    return (int)syscall(SYS_syncfs, descriptor);
}
