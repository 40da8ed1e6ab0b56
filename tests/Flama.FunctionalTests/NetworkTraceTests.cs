using System.Text.RegularExpressions;
using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>What a network makes the process ask of the system, as <c>strace</c> sees it: no socket at load or predict, and nothing written.</summary>
public sealed partial class NetworkTraceTests
{
    private const string Tracer = "/usr/bin/strace";

    [Fact]
    public async Task Predict_OfANetwork_OpensNoSocketAndWritesNothing()
    {
        Assert.SkipUnless(File.Exists(Tracer), "strace is not installed.");
        using TemporaryDirectory directory = new();
        var trace = directory.PathOf("trace");
        string[] folders = [.. new[] { "home", "temp", "current" }.Select(name => Directory.CreateDirectory(directory.PathOf(name)).FullName)];
        var model = directory.PathOf("model.onnx");
        await File.WriteAllBytesAsync(model, Large().ToBytes(), TestContext.Current.CancellationToken);
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["HOME"] = folders[0],
            ["TMPDIR"] = folders[1],

            // The runtime's own channel for debuggers is a socket in a file.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        await using var run = FlamaProcess.StartOther(
            [Tracer, "-f", "-qq", "-e", "trace=socket,connect,bind,sendto,openat,open,creat,mkdir,mkdirat,rename,renameat,unlink,unlinkat", "-o", trace,
                FlamaProcess.Host, Path.Combine(AppContext.BaseDirectory, "flama.dll"), "model", model, "predict"],
            variables,
            folders[2]);
        await run.Input.WriteAsync($"[[{string.Join(", ", Enumerable.Repeat("1", 1500))}]]");
        run.Input.Close();

        var result = await run.WaitForExitAsync();
        var calls = File.Exists(trace) ? await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken) : [];

        Assert.SkipWhen(calls.Length == 0, $"strace cannot trace here: {result.Error}");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("[[0.0", result.Output.Replace("{\"output\":", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(calls, call => call.Contains("libonnxruntime", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => Network().IsMatch(call));
        Assert.DoesNotContain(calls, call => Writing().IsMatch(call));
        Assert.All(folders, folder => Assert.Empty(Directory.EnumerateFileSystemEntries(folder)));
    }

    // Large enough for the shared threads.
    private static OnnxProgram Large()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, new(null, "batch"), 1500);
        graph.Output("y", graph.Add("MatMul", [x, graph.Constant<float>(new float[1500 * 1500], 1500, 1500)]), OnnxElementType.Float32, new(null, "batch"), 1500);
        return graph.ToProgram(17);
    }

    [GeneratedRegex(@"\b(?:socket\(AF_INET|socket\(AF_NETLINK|connect\(|bind\(|sendto\()", RegexOptions.None, 1000)]
    private static partial Regex Network();

    // Devices, and what the system shows of the process, are no files.
    [GeneratedRegex("""\b(?:creat\(|mkdir(?:at)?\(|rename(?:at)?\(|unlink(?:at)?\(|open(?:at)?\([^"]*"(?!/dev/|/proc/)[^"]*", [^)]*O_(?:WRONLY|RDWR|CREAT))""", RegexOptions.None, 1000)]
    private static partial Regex Writing();
}
