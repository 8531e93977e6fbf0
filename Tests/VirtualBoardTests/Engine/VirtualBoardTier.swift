// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Everything that boots boards, one story after the other: two cores are soon busy.
@Suite(.serialized) struct VirtualBoardTier {}
