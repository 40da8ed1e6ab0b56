using System.Text.Json;
using Flama.Hosting;
using Flama.Hosting.Predictions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Flama.Tests.Predictions;

public sealed class PredictionLogTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public void Add_Records_AreLinesWithoutInputs()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("predictions.jsonl");
        using var served = new ServedModel("xor", FlamaModel.Load(Xor));
        using (PredictionLog log = new(new() { File = file }, NullLoggerFactory.Instance))
        {
            Record(served, log, 200, "id-1");
            Record(served, log, 400, "id \"2\"\n");
        }

        var lines = File.ReadAllLines(file);
        Assert.Equal(2, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(
            ["event", "time", "model", "method", "id", "version", "rows", "features", "status", "latency_ms", "classes", "correlation_id"],
            first.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("{\"0\":2,\"1\":2}", first.RootElement.GetProperty("classes").GetRawText());
        using var second = JsonDocument.Parse(lines[1]);
        Assert.Equal("id \"2\"\n", second.RootElement.GetProperty("correlation_id").GetString());
    }

    [Fact]
    public void Add_FileMovedAwayAndCut_GoesOnInANewOne()
    {
        using TemporaryDirectory directory = new();
        var file = directory.PathOf("predictions.jsonl");
        using PredictionFile log = new(file);
        Assert.True(log.TryWrite("1\n"u8));
        using (var cut = File.Open(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            cut.SetLength(0);
        }

        Assert.True(log.TryWrite("2\n"u8));
        File.Move(file, directory.PathOf("old.jsonl"));
        while (!File.Exists(file))
        {
            // The name is looked at twice in a second.
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.True(log.TryWrite("3\n"u8));
            Thread.Yield();
        }

        Assert.StartsWith("2\n3\n", File.ReadAllText(directory.PathOf("old.jsonl")), StringComparison.Ordinal);
        Assert.Equal("3\n", File.ReadAllText(file));
    }

    [Fact]
    public void Add_FullDisk_LosesRecordsAndWarns()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        Warnings warnings = new();
        using var served = new ServedModel("xor", FlamaModel.Load(Xor));
        using (PredictionLog log = new(new() { File = "/dev/full" }, warnings))
        {
            Record(served, log, 200, "a");
            Record(served, log, 200, "b");
        }

        Assert.Equal("Predictions that are not in the log: 2; the file cannot be written (IOException)", Assert.Single(warnings.Texts));
    }

    [Fact]
    public void Begin_AllEntriesUnderWay_DropsAndCounts()
    {
        using TemporaryDirectory directory = new();
        Warnings warnings = new();
        using (PredictionLog log = new(new() { File = directory.PathOf("log") }, warnings))
        {
            var held = Enumerable.Range(0, PredictionLog.Capacity).Select(_ => log.Begin()).ToList();

            Assert.DoesNotContain(null, held);
            Assert.Null(log.Begin());
        }

        Assert.StartsWith("Predictions that are not in the log: 1; the log is not written fast enough", Assert.Single(warnings.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_Request_AllocatesNothing()
    {
        using TemporaryDirectory directory = new();
        using var served = new ServedModel("xor", FlamaModel.Load(Xor));
        using PredictionLog log = new(new() { File = directory.PathOf("log") }, NullLoggerFactory.Instance);
        using var lease = served.Acquire();
        var method = lease.Model.GetMethod("predict");
        using var input = FeatureBatch.Wrap([0, 1], 2);
        using var output = method.Invoke(input);
        for (var i = 0; i < 2 * PredictionLog.Capacity; i++)
        {
            Record(served, log, method, output, 200, "id");
        }

        const int requests = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < requests; i++)
        {
            Record(served, log, method, output, 200, "id");
        }

        // The lease has 24 bytes, with or without a log; a timer that is set anew makes a little now and then.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / requests, 24, 34);
    }

    [Fact]
    public void SampleRate_HalfOfTheRequests_IsLogged()
    {
        using TemporaryDirectory directory = new();
        using PredictionLog log = new(new() { File = directory.PathOf("log"), SampleRate = 0.5 }, NullLoggerFactory.Instance);

        var chosen = Enumerable.Range(0, 2000).Count(_ => log.Begin() is not null);

        // Ten standard deviations of a fair coin.
        Assert.InRange(chosen, 1000 - 224, 1000 + 224);
    }

    [Fact]
    public void AddPredictionLog_RateOutOfRange_IsRefused()
    {
        ServiceCollection services = new();
        services.AddLogging().AddFlama().AddPredictionLog(log => log.SampleRate = 0);
        using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<PredictionLogOptions>>().Value);

        Assert.Equal("SampleRate must be above 0 and up to 1.", failure.Message);
    }

    [Fact]
    public void Deciles_OfNumbers_TellWhereAnAnswerLies()
    {
        var method = new TableMethod("predict", new TableSpec([new Feature(FeatureKind.Number)]), [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch rows, in InvokeOptions _) => throw new NotSupportedException());
        MethodRecord record = new(method);
        for (var i = 1; i <= 1000; i++)
        {
            // From 10 to 10 000 in no order: deciles are found anew now and then, not with every answer.
            using var answer = ModelOutput.Of(PredictionBatch.Of(PredictionKind.Float, [((i * 7919 % 1000) + 1) * 10.0]));
            record.AddAnswer(1, answer, null);
        }

        PredictionEntry entry = new();
        using var low = ModelOutput.Of(PredictionBatch.Of(PredictionKind.Float, [20.0, 5000, 9990]));
        record.AddAnswer(3, low, entry);

        Assert.Equal([1, 0, 0, 0], entry.Counts[..4].ToArray());
        Assert.Equal(1, entry.Counts[4] + entry.Counts[5]);
        Assert.Equal(1, entry.Counts[8] + (entry.Counts.Length > 9 ? entry.Counts[9] : 0));
    }

    private static void Record(ServedModel served, PredictionLog log, int status, string id)
    {
        using var lease = served.Acquire();
        var method = lease.Model.GetMethod("predict");
        using var input = FeatureBatch.Wrap([0, 0, 0, 1, 1, 0, 1, 1], 2);
        using var output = method.Invoke(input);
        Record(served, log, method, output, status, id);
    }

    private static void Record(ServedModel served, PredictionLog log, ModelMethod method, ModelOutput output, int status, string id)
    {
        using var lease = served.Acquire();
        var version = served.Record.Of(lease.Loaded);
        var record = version.Of(lease.Model, method);
        var entry = log.Begin();
        if (entry is not null)
        {
            (entry.Model, entry.Version, entry.Method, entry.Rows, entry.Status, entry.CorrelationId, entry.Time) = (served.Name, version, record, output.Batch.Rows, status, id, DateTime.UtcNow);
        }

        record.AddAnswer(output.Batch.Rows, output, entry);
        record.AddRequest(status >= 400, new RequestTimes(1, 1, 1, 1));
        if (entry is not null)
        {
            log.Add(entry);
        }
    }

    private sealed class Warnings : ILoggerFactory, ILogger
    {
        public List<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Texts.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
