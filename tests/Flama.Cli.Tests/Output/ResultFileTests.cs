using Flama.Cli.Output;
using Flama.Tests;

namespace Flama.Cli.Tests.Output;

public sealed class ResultFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly TestConsole console = new();

    [Theory]
    [InlineData(null)]
    [InlineData("-")]
    public void Write_NoFile_GoesToStandardOutput(string? path)
    {
        ResultFile.At(path, console.Console).Write("[0]\n"u8);

        Assert.Equal("[0]\n", console.Output);
    }

    [Fact]
    public void Write_ExistingFile_ReplacesItAndLeavesNothingElse()
    {
        var path = directory.PathOf("result.json");
        File.WriteAllText(path, "something longer than the result");

        ResultFile.At(path, console.Console).Write("[0]\n"u8);

        Assert.Equal("[0]\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(directory.Root));
        Assert.Empty(console.Output);
    }

    [Fact]
    public void Write_ExistingFile_KeepsItsMode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var path = directory.PathOf("result.json");
        File.WriteAllText(path, "");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, mode);

        ResultFile.At(path, console.Console).Write("[0]\n"u8);

        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Write_LinkToFile_ReplacesWhatItPointsTo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var path = directory.PathOf("result.json");
        var link = directory.PathOf("link.json");
        File.CreateSymbolicLink(link, path);

        ResultFile.At(link, console.Console).Write("[0]\n"u8);

        Assert.Equal("[0]\n", File.ReadAllText(path));
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
    }

    [Fact]
    public void Write_Device_IsWrittenNotReplaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There is no /dev/null.");

        ResultFile.At("/dev/null", console.Console).Write("[0]\n"u8);

        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void At_DirectoryMissing_SaysSoBeforeAnythingIsComputed()
    {
        var path = directory.PathOf("missing/result.json");

        var failure = Assert.Throws<FlamaException>(() => ResultFile.At(path, console.Console));

        Assert.Equal($"'{path}' cannot be written: its directory does not exist.", failure.Message);
        Assert.Equal(1, failure.Code.ExitCode);
    }

    [Fact]
    public void At_Directory_SaysSo()
    {
        var failure = Assert.Throws<FlamaException>(() => ResultFile.At(directory.Root, console.Console));

        Assert.Equal($"'{directory.Root}' cannot be written: it is a directory.", failure.Message);
    }

    public void Dispose() => directory.Dispose();
}
