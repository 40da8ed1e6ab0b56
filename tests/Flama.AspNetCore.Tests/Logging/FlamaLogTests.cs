using Flama.AspNetCore.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.Tests.Logging;

public sealed class FlamaLogTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task AddFlamaLog_RoutingOfAFile_WritesWhatItShows()
    {
        var configuration = directory.PathOf("log.yaml");
        var log = directory.PathOf("app.log");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            formatters: {plain: {format: '%(levelname)s %(name)s %(message)s'} }
            handlers:
              file: {class: logging.FileHandler, filename: '{{log}}', formatter: plain}
            loggers: {Shop.Quiet: {level: ERROR} }
            root: {handlers: [file], level: INFO}
            """,
            TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddFlamaLog(LogRouting.Read(configuration));

        await using (var app = builder.Build())
        {
            var logs = app.Services.GetRequiredService<ILoggerFactory>();
            Write(logs, "Shop", LogLevel.Information, "sold 3");
            Write(logs, "Shop", LogLevel.Debug, "unseen");
            Write(logs, "Shop.Quiet", LogLevel.Warning, "unseen");
        }

        Assert.Equal("INFO Shop sold 3\n", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AddFlamaLog_FileThatCannotBe_IsAFailureAtOnce()
    {
        LogRouting routing = LogRouting.Default with { Server = [new(new JsonLogFormatter(), directory.PathOf("none/app.log"))] };

        var failure = Assert.Throws<FlamaException>(() => WebApplication.CreateSlimBuilder().Logging.AddFlamaLog(routing));

        Assert.Equal(ErrorCodes.FileUnwritable, failure.Code);
    }

    public void Dispose() => directory.Dispose();

    private static void Write(ILoggerFactory logs, string category, LogLevel level, string message) =>
        logs.CreateLogger(category).Log(level, default, message, null, (state, _) => state);
}
