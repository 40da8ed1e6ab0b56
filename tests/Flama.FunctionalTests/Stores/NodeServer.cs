using System.Globalization;
using System.Text.RegularExpressions;

namespace Flama.FunctionalTests.Stores;

/// <summary>A server that <c>tests/peers/install.sh</c> has installed.</summary>
internal sealed partial class NodeServer : IAsyncDisposable
{
    private readonly FlamaProcess process;

    private NodeServer(FlamaProcess process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Starts one on a port of its own choice.</summary>
    /// <param name="script">Its script below <c>node_modules</c>.</param>
    /// <param name="ready">What its line with the address says.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null where it is absent.</returns>
    public static async Task<NodeServer?> StartAsync(string script, string ready, params string[] arguments)
    {
        var home = Environment.GetEnvironmentVariable("PEERS_DIRECTORY") is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                "flama-peers");
        var path = Path.Combine(home, "node_modules", script);
        if (!File.Exists(path))
        {
            return null;
        }

        var started = FlamaProcess.StartOther(["node", path, .. arguments], null);
        try
        {
            var line = await started.WaitForOutputAsync(ready);
            return new(started, int.Parse(Digits().Match(line).Value, CultureInfo.InvariantCulture));
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [GeneratedRegex("[0-9]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
