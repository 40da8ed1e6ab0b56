using System.Net;
using System.Net.Sockets;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>What cannot be served or asked ends with one line that says what, one that says what to do, and the right exit code.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    public static TheoryData<string, string> BadFiles() => new()
    {
        { "no model", "is of no known model format" },
        { "empty", "is empty" },
        { "truncated header", "ends too early: its header needs 16 bytes, the file has 8" },
        { "truncated metadata", "ends too early: its metadata section needs 546 bytes at byte 40, the file has 160 there" },
        { "truncated model", "ends too early: its model section" },
        { "wrong magic", "is of no known model format" },
        { "unknown protocol", "is a package of protocol 9; protocols 1 and 2 are known" },
        { "unknown codec", "is compressed with codec 9, which is not known" },
        { "16 zero bytes", "starts with 16 zero bytes" },
        { "damaged metadata", "cannot be read" },
        { "directory", "is a directory in which no model is recognised" },
        { "unflushed model", "holds an empty model" },
        { "other framework", "holds a Hugging Face model directory, which no engine here loads" },
        { "pickle that runs code", "refers to os.system" },
        { "unknown estimator", "uses sklearn.nowhere.Unheard" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Serve_BadFile_SaysWhatIsWrong(string kind, string expected)
    {
        var path = Make(kind);

        var result = await FlamaProcess.RunAsync(["serve", path, "--server-port", "0"]);

        AssertRefused(result, expected, exitCode: 1);
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Predict_BadFile_SaysWhatIsWrong(string kind, string expected)
    {
        var path = Make(kind);

        var result = await FlamaProcess.RunAsync(["model", path, "predict"], Xor.Rows);

        AssertRefused(result, expected, exitCode: 1);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("model")]
    public async Task Command_MissingFile_IsUsage(string command)
    {
        var path = Path.Combine(directory, "missing.flm");

        var result = await FlamaProcess.RunAsync(command == "serve" ? [command, path] : [command, path, "predict"]);

        AssertRefused(result, $"There is no model file '{path}'.", exitCode: 2);
    }

    [Fact]
    public async Task Serve_NoPermission_SaysSo()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("The user who runs the tests may read every file.");
            return;
        }

        var path = Make("copy");
        File.SetUnixFileMode(path, UnixFileMode.None);

        var result = await FlamaProcess.RunAsync(["serve", path, "--server-port", "0"]);

        AssertRefused(result, "copy.flm", exitCode: 1);
    }

    [Fact]
    public async Task Serve_PortInUse_SaysSo()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var result = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", $"{port}"]);

        AssertRefused(result, $"The server cannot listen on 127.0.0.1, port {port}: another process is listening there.", exitCode: 1);
    }

    [Fact]
    public async Task Serve_BadFileWithDebug_ShowsTheException()
    {
        var result = await FlamaProcess.RunAsync(["--debug", "serve", Make("empty")]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.Contains("at Flama.", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static void AssertRefused(FlamaResult result, string expected, int exitCode)
    {
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(result.Output);
        var lines = result.ErrorLines.SkipWhile(line => line.StartsWith("INFO:", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("Error: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(expected, lines[0], StringComparison.Ordinal);
        Assert.InRange(lines.Count, 1, 2);
    }

    private string Make(string kind)
    {
        var path = Path.Combine(directory, $"{kind}.flm");
        var package = File.ReadAllBytes(Xor.Path);
        switch (kind)
        {
            case "directory":
                Directory.CreateDirectory(path);
                return path;
            case "unflushed model":
                return Fixtures.PathOf("flm", "broken", "iris_logreg__g1-unflushed-empty-model.flm");
            case "other framework":
                return Fixtures.PathOf("flm", "bundle_transformers__g3-v2.1.0-p2__zstd.flm");
        }

        File.WriteAllBytes(path, kind switch
        {
            "no model" => "This is a letter, not a model."u8.ToArray(),
            "empty" => [],
            "truncated header" => package[..8],
            "truncated metadata" => package[..200],
            "truncated model" => package[..5000],
            "wrong magic" => [(byte)'F', (byte)'L', (byte)'M', (byte)'!', .. package[4..]],
            "unknown protocol" => [0, 0, 0, 9, .. package[4..]],
            "unknown codec" => [.. package[..4], 0, 0, 0, 9, .. package[8..]],
            "16 zero bytes" => new byte[16],
            "damaged metadata" => [.. package[..64], .. Enumerable.Repeat((byte)0xFF, 32), .. package[96..]],
            "pickle that runs code" => "cos\nsystem\n(S'true'\ntR."u8.ToArray(),
            "unknown estimator" => [0x80, 2, .. "csklearn.nowhere\nUnheard\n)"u8, 0x81, .. "}b."u8],
            _ => package,
        });
        return path;
    }
}
