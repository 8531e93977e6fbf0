// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
import Testing

@Suite("A patch is read")
struct PatchTextTests {
    /// As `git format-patch` writes it: a change, a new file, a removed one, a renamed one.
    private let text = """
        From 0123456789abcdef Mon Sep 17 00:00:00 2001
        Subject: [PATCH 1/2] iommu: something

        --- a note that looks like a header
        ---
         drivers/iommu/iommu.c | 3 ++-

        diff --git a/drivers/iommu/iommu.c b/drivers/iommu/iommu.c
        index 0fdf397..e7b6241 100644
        --- a/drivers/iommu/iommu.c
        +++ b/drivers/iommu/iommu.c
        @@ -12,4 +12,4 @@ static int f(void)
         a
        --- b
        +++ b
         c
         d
        @@ -100 +100,2 @@
        -x
        +y
        +z
        diff --git a/include/new.h b/include/new.h
        new file mode 100644
        --- /dev/null
        +++ b/include/new.h
        @@ -0,0 +1 @@
        +n
        \\ No newline at end of file
        diff --git a/old.c b/old.c
        deleted file mode 100644
        --- a/old.c
        +++ /dev/null
        @@ -1 +0,0 @@
        -o
        diff --git a/from.c b/to.c
        similarity index 100%
        rename from from.c
        rename to to.c
        -- 
        2.39.5
        """

    @Test("Every file that it touches is known, and lines of a hunk are no headers")
    func files() {
        let patch = PatchText(text)
        #expect(
            patch.files.filter { !$0.contains("note") } == [
                "drivers/iommu/iommu.c", "include/new.h", "old.c", "from.c", "to.c",
            ])
        #expect(patch.hunks.map(\.line) == [12, 100, 0, 1])
        #expect(patch.hunks[0].text.split(separator: "\n").count == 6)
        #expect(patch.hunks[1].file == "drivers/iommu/iommu.c")
    }

    @Test("The hunk that git refuses is found by git's own words")
    func refused() {
        // As git 2.39.5 says it.
        let words = """
            error: patch failed: drivers/iommu/iommu.c:100
            error: drivers/iommu/iommu.c: patch does not apply
            """
        #expect(
            PatchText(text).hunk(refusedIn: words)?.text == "@@ -100 +100,2 @@\n-x\n+y\n+z")
        #expect(PatchText(text).hunk(refusedIn: "error: f.c: No such file or directory") == nil)
    }

    @Test("A series names a patch on each line, with remarks")
    func series() {
        let text = "# the RFC\n0001-a.patch\n\n  0002-b.patch -p1 # strip\n#0003-c.patch\n"
        #expect(PatchSeries.names(in: text) == ["0001-a.patch", "0002-b.patch"])
    }

    @Test("A number leaves out the patches behind it, whatever stands before the first")
    func partOfSeries() {
        let text = "0000-ground.patch\n0001-a.patch\nlate/0002-b.patch\nfix.patch\n"
        let names = { (number: Int?) in PatchSeries.names(in: text, upTo: number) }
        #expect(names(1) == ["0000-ground.patch", "0001-a.patch", "fix.patch"])
        #expect(names(0) == ["0000-ground.patch", "fix.patch"])
        #expect(names(2)?.count == 4 && names(nil)?.count == 4)
        #expect(names(3) == nil)
    }
}
