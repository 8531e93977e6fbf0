// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <libssh/libssh.h>
#include <libssh/callbacks.h>
