using System.Globalization;
using System.Net;
using System.Text;

namespace Flama.FunctionalTests;

/// <summary>Large requests in a process whose heap has a limit, as that of a small container has. <c>benchmarks/memory</c> does it at length.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    // 192 MB, in hexadecimal as the runtime wants it.
    private const string HeapLimit = "0xC000000";
    private const int Megabyte = 1 << 20;

    // Besides the heap: the runtime, code, threads.
    private const long Limit = 192 * Megabyte;
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = HeapLimit };

    private readonly string directory = Directory.CreateTempSubdirectory("flama-functional-tests-").FullName;

    [Fact]
    public async Task LargeRequests_UnderAHeapLimit_AreAnsweredOrRefused_AndTheMemoryComesBack()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only /proc tells what a process holds.");
        await using var server = await StartAsync();
        var large = Encoding.UTF8.GetBytes(Rows(1_600_000));
        await AskSmallAsync(server);

        List<HttpResponseMessage> answers = [];
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await server.PostAsync("/predict/", large));
        }

        answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.PostAsync("/predict/", large))));
        await AskSmallAsync(server);
        var most = Held(server);
        var least = most;
        using CancellationTokenSource minute = new(TimeSpan.FromMinutes(1));
        while (least > most - (40L * Megabyte) && !minute.IsCancellationRequested)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            least = Math.Min(least, Held(server));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{most / Megabyte} MB, then {least / Megabyte} MB");
        Assert.All(answers[..6], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
        Assert.All(answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable), answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.True(least <= most - (40L * Megabyte), $"{most / Megabyte} MB, and a minute later {least / Megabyte} MB");
        Assert.InRange(most, 0, Limit + (150L * Megabyte));
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task MemoryOption_SmallerThanTheRequest_Is413()
    {
        await using var server = await StartAsync("--server-limit-memory=2000000");

        using var answer = await server.PostAsync("/predict/", Encoding.UTF8.GetBytes(Rows(200_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await AskSmallAsync(server);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private async Task<FlamaServer> StartAsync(params string[] options)
    {
        var path = Path.Combine(directory, "linear.pkl");
        await File.WriteAllBytesAsync(path, LinearModel.Pickle(2, 1), TestContext.Current.CancellationToken);
        return await FlamaServer.StartAsync([path, "--server-port=0", "--server-no-access-log", .. options], Variables);
    }

    private static async Task AskSmallAsync(FlamaServer server)
    {
        using var answer = await server.PostAsync("/predict/", """{"input":[[1]]}""");
        Assert.Equal("""{"output":[3.0]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Rows(int count) => $"{{\"input\":[{string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"[{i % 1000}]")))}]}}";

    private static long Held(FlamaServer server)
    {
        const string name = "VmRSS:";
        var line = File.ReadLines($"/proc/{server.Process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }
}
