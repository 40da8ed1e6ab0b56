using Flama.Hosting.Auditing;
using Flama.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flama.Hosting.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string LogPath => directory.PathOf("audit.jsonl");

    [Fact]
    public async Task Entries_OfSeveralRuns_AreOneChain()
    {
        await WriteAsync(3);
        await WriteAsync(2);

        var verdict = await VerifyAsync();

        Assert.Equal((true, 1L, 5L), (verdict.IsIntact, verdict.First, verdict.Last));
        Assert.Equal(5, File.ReadAllLines(LogPath).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Verify_AfterAnyChange_NamesTheLine(int change)
    {
        await WriteAsync(4);
        var lines = File.ReadAllLines(LogPath).ToList();
        switch (change)
        {
            case 0:
                lines[1] = lines[1].Replace("200", "403", StringComparison.Ordinal);
                break;
            case 1:
                lines.RemoveAt(1);
                break;
            case 2:
                (lines[1], lines[2]) = (lines[2], lines[1]);
                break;
            default:
                lines.Insert(1, lines[0]);
                break;
        }

        await File.WriteAllLinesAsync(LogPath, lines, TestContext.Current.CancellationToken);

        var verdict = await VerifyAsync();

        Assert.StartsWith("Line 2 of 'audit.jsonl' ", verdict.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithAHeadThatWasNoted_SeesThatTheEndIsCutOff()
    {
        await WriteAsync(3);
        var head = (await VerifyAsync()).Head;
        await WriteAsync(1);
        var whole = await VerifyAsync(head);

        await File.WriteAllLinesAsync(LogPath, File.ReadAllLines(LogPath)[..2], TestContext.Current.CancellationToken);

        Assert.True(whole.IsIntact);
        Assert.True((await VerifyAsync()).IsIntact);
        Assert.StartsWith("No entry has the hash", (await VerifyAsync(head)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastLine_ThatWasCutOff_IsLeftOut_AndTheChainGoesOn()
    {
        await WriteAsync(2);
        await File.AppendAllTextAsync(LogPath, "{\"entry\":3,\"ti", TestContext.Current.CancellationToken);
        var before = await VerifyAsync();

        await WriteAsync(1);

        Assert.Equal("Line 3 of 'audit.jsonl' is not complete.", before.Problem);
        Assert.Equal((true, 3L), ((await VerifyAsync()).IsIntact, (await VerifyAsync()).Last));
    }

    [Fact]
    public async Task LongLog_IsInFilesOfOneChain_AndOldOnesGo()
    {
        AuditOptions options = new() { Path = LogPath, MaxFileBytes = 4096 };
        for (var i = 0; i < 5; i++)
        {
            await WriteAsync(20, options);
        }

        var closed = Directory.GetFiles(directory.Root, "audit.jsonl.0*").Order(StringComparer.Ordinal).ToList();
        var whole = await VerifyAsync();
        File.SetLastWriteTimeUtc(closed[0], DateTime.UtcNow.AddDays(-10));
        options.KeepFor = TimeSpan.FromDays(7);
        await WriteAsync(1, options);
        var kept = await VerifyAsync();
        File.Delete(closed[2]);
        var broken = await VerifyAsync();

        Assert.InRange(closed.Count, 4, 20);
        Assert.Equal((true, 1L, 100L, closed.Count + 1), (whole.IsIntact, whole.First, whole.Last, whole.Files));
        Assert.False(File.Exists(closed[0]));
        Assert.Equal((true, 101L), (kept.IsIntact, kept.Last));
        Assert.True(kept.First > 1);
        Assert.False(broken.IsIntact);
    }

    [Fact]
    public void ClosedFiles_AreKeptForTheirTime_WhenTheClockIsSetForward()
    {
        SteppedClock clock = new(TimeProvider.System.GetUtcNow());
        var records = Enumerable.Repeat(new AuditRecord("POST /predict/") { Status = 200, Digest = new string('a', 64) }, 30).ToList();
        using Auditing.AuditWriter writer = new(new AuditOptions { Path = LogPath, MaxFileBytes = 4096, KeepFor = TimeSpan.FromDays(30) }, clock);

        writer.Write(records);
        clock.Step(TimeSpan.FromDays(10_000));
        writer.Write(records);
        var stepped = AuditFiles.Closed(LogPath).Count;
        clock.Pass(TimeSpan.FromDays(31));
        writer.Write(records);

        Assert.Equal(2, stepped);
        Assert.Empty(AuditFiles.Closed(LogPath));
    }

    [Fact]
    public async Task Log_OfAnotherProcess_OrThatIsNone_IsRefused()
    {
        await using (AuditLog first = new(new AuditOptions { Path = LogPath }, NullLogger<AuditLog>.Instance))
        {
            var taken = Assert.Throws<FlamaException>(() => new AuditLog(new AuditOptions { Path = LogPath }, NullLogger<AuditLog>.Instance));
            Assert.Equal(ErrorCodes.FileUnwritable, taken.Code);
        }

        await File.WriteAllTextAsync(LogPath, "something else\n", TestContext.Current.CancellationToken);

        Assert.Equal(ErrorCodes.Corrupt, Assert.Throws<FlamaException>(() => new AuditLog(new AuditOptions { Path = LogPath }, NullLogger<AuditLog>.Instance)).Code);
        Assert.Equal("something else\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public async Task Entry_WithTextOfACaller_CannotForgeALine()
    {
        await using (AuditLog log = new(new AuditOptions { Path = LogPath }, NullLogger<AuditLog>.Instance))
        {
            log.Write(new AuditRecord("GET /\n{\"entry\":2}\",\"hash\":\"\u0000") { Who = "a\r\nb" });
        }

        var verdict = await VerifyAsync();

        Assert.Equal((true, 1L), (verdict.IsIntact, verdict.Last));
        Assert.Single(File.ReadAllLines(LogPath));
    }

    public void Dispose() => directory.Dispose();

    private Task<ChainVerdict> VerifyAsync(string? head = null) => AuditChain.VerifyAsync(LogPath, head, TestContext.Current.CancellationToken);

    private async Task WriteAsync(int count, AuditOptions? options = null)
    {
        await using AuditLog log = new(options ?? new AuditOptions { Path = LogPath }, NullLogger<AuditLog>.Instance);
        for (var i = 0; i < count; i++)
        {
            log.Write(new AuditRecord("POST /predict/") { Who = "web", Status = 200, Model = "churn", Digest = new string('a', 64) });
        }
    }
}
