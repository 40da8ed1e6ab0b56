using System.Diagnostics;
using Flama.Hosting.Reloading;

namespace Flama.Hosting.Tests;

public sealed class FileStateTests
{
    [Fact]
    public async Task Of_APipe_IsThereWithoutLength_AndDoesNotWait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in directories.");
        var directory = Directory.CreateTempSubdirectory("flama-test-");
        var path = Path.Combine(directory.FullName, "pipe");
        using (var process = Process.Start("mkfifo", [path]))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var state = FileState.Of(path);

        Assert.True(state.Exists);
        Assert.Equal(0, state.Length);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void Of_AFile_HasItsLength_AlsoThroughALink()
    {
        var directory = Directory.CreateTempSubdirectory("flama-test-");
        var path = Path.Combine(directory.FullName, "file");
        var link = Path.Combine(directory.FullName, "link");
        File.WriteAllBytes(path, [1, 2, 3]);
        File.CreateSymbolicLink(link, path);

        Assert.Equal(3, FileState.Of(path).Length);
        Assert.Equal(FileState.Of(path), FileState.Of(link));
        Assert.Equal(FileState.Missing, FileState.Of(Path.Combine(directory.FullName, "none")));
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_OtherContentOfEqualLengthAndTime_Differs(bool renamesOver)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not tell files of equal length and times apart.");
        var directory = Directory.CreateTempSubdirectory("flama-test-");
        var path = Path.Combine(directory.FullName, "file");
        var other = Path.Combine(directory.FullName, "other");
        DateTime time = new(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc);
        File.WriteAllBytes(path, [1, 2, 3]);
        File.SetLastWriteTimeUtc(path, time);
        var before = FileState.Of(path);

        File.WriteAllBytes(renamesOver ? other : path, [4, 5, 6]);
        File.SetLastWriteTimeUtc(renamesOver ? other : path, time);
        if (renamesOver)
        {
            File.Move(other, path, overwrite: true);
        }

        var after = FileState.Of(path);
        Assert.Equal((before.Length, before.Written), (after.Length, after.Written));
        Assert.NotEqual(before, after);
        Assert.Equal(after, FileState.Of(path));
        directory.Delete(recursive: true);
    }
}
