#pragma once

#include <spawn.h>

// What glibc declares for GNU sources alone, which Swift does not import as.

/// The program starts in a folder.
int spawn_in_folder(posix_spawn_file_actions_t *actions, const char *path);

/// Nothing from that descriptor on is open in the program.
int spawn_closing_from(posix_spawn_file_actions_t *actions, int descriptor);
