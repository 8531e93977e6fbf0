// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pci/pci.h>
#include <stdbool.h>

// Why C: libpci's `error` callback is variadic, must not return, and by default ends the process
// (pciutils 3.9.0, lib/init.c). It is reached by ordinary events, such as a device that goes away
// between scan and fill. Here it jumps back to the call instead, over C frames only.
//
// After a call has failed the access must not be used again: libpci was left in the middle of its
// work. It is abandoned, not cleaned; only its open descriptors are closed. A small leak per error.

/// What libpci said during the guarded calls that shared this report.
struct pci_guard_report {
    /// The error that ended the call, empty when none did.
    char error[512];
    /// Warnings, one per line; what does not fit is counted only.
    char warnings[2048];
    unsigned warning_count;
};

/// Allocates an access whose method is fixed; sets one named parameter when `name` is not null.
struct pci_access *_Nullable pci_guard_alloc(unsigned method, const char *_Nullable name,
                                             const char *_Nullable value);

/// Initializes the access and finds its devices. False after an error.
bool pci_guard_scan(struct pci_access *_Nonnull access, struct pci_guard_report *_Nonnull report);

/// Fills the fields of a device that `flags` name (PCI_FILL_…). False after an error.
bool pci_guard_fill(struct pci_dev *_Nonnull device, int flags,
                    struct pci_guard_report *_Nonnull report);

/// Reads a block of configuration space; `*read` says whether it is there. False after an error.
bool pci_guard_read(struct pci_dev *_Nonnull device, int position, unsigned char *_Nonnull buffer,
                    int length, bool *_Nonnull read, struct pci_guard_report *_Nonnull report);

/// Looks up a name; the four arguments are those of pci_lookup_name, unused ones zero.
/// An unknown id leaves `buffer` empty and is no error. False after an error.
bool pci_guard_name(struct pci_access *_Nonnull access, char *_Nonnull buffer, int size, int flags,
                    const int ids[_Nonnull 4], struct pci_guard_report *_Nonnull report);

/// Makes an anonymous file in memory; the negative errno when there is none to be had.
/// Here, because Swift's Glibc module does not show memfd_create.
int pci_guard_memory_file(void);

/// Frees the access. Only for an access of which no call has failed.
bool pci_guard_cleanup(struct pci_access *_Nonnull access,
                       struct pci_guard_report *_Nonnull report);
