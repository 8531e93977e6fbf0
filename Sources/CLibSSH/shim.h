// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h> // ssh_send_keepalive stands there, though clients use it
#include <sys/eventfd.h>

// The flags are members of an anonymous enum, which Swift imports as another type than the
// parameter's.
static inline int clibssh_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
