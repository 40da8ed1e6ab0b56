using System.Globalization;
using Flama.AspNetCore.Logging;
using Microsoft.Extensions.Logging;

namespace Flama.Tests.Logging;

public sealed class LogRoutingTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<string> ignored = [];

    private string Path => directory.PathOf("log.yaml");

    [Fact]
    public void Read_Nothing_IsTheDefault()
    {
        var routing = Read("version: 1");

        Assert.Equal(LogRouting.Default.Server, routing.Server);
        Assert.Equal(LogRouting.Default.Access, routing.Access);
        Assert.Equal(LogLevel.Information, routing.Minimum);
        Assert.Empty(ignored);
    }

    [Fact]
    public void Read_HandlersAndLevels_AreTaken()
    {
        var routing = Read("""
            version: 1
            formatters:
              plain: {format: '%(levelname)s|%(message)s'}
              lines: {'()': pythonjsonlogger.jsonlogger.JsonFormatter}
            handlers:
              file: {class: logging.handlers.RotatingFileHandler, filename: a.log, mode: w, formatter: plain, level: ERROR, maxBytes: 10}
              out: {class: logging.StreamHandler, stream: ext://sys.stdout, formatter: lines}
            loggers:
              uvicorn: {handlers: [file, out], level: DEBUG}
              uvicorn.access: {handlers: [out], propagate: false}
              Microsoft.AspNetCore: {level: WARNING}
            """);

        Assert.Equal(
            [(false, "a.log", true, LogLevel.Error), (true, null, false, LogLevel.Trace)],
            routing.Server.Select(handler => (handler.IsOutput, handler.File, handler.Truncates, handler.Formatter.Minimum)));
        Assert.IsType<JsonLogFormatter>(Assert.Single(routing.Access).Formatter);
        Assert.Equal("ERROR|x", routing.Server[0].Formatter.Format(new(DateTimeOffset.UnixEpoch, LogLevel.Error, "a", "x", [], null)));
        Assert.Equal((LogLevel.Debug, LogLevel.Warning), (routing.Minimum, routing.Categories["Microsoft.AspNetCore"]));
        Assert.Equal(["handlers.file.maxBytes"], ignored);
    }

    [Theory]
    [InlineData("loggers: {uvicorn.access: {handlers: [], propagate: false}}")]
    [InlineData("loggers: {uvicorn.access: {level: WARNING}}")]
    [InlineData("handlers: {none: {class: logging.NullHandler}}\nloggers: {uvicorn.access: {handlers: [none], propagate: false}}")]
    public void Read_AccessSwitchedOff_HasNoPlace(string content)
    {
        Assert.Empty(Read(content).Access);
    }

    [Fact]
    public void Read_WhatHasNoMeaning_IsToldOf()
    {
        var routing = Read("""
            filters: {a: {}}
            formatters: {f: {format: '%(lineno)d', datefmt: '%H'}}
            handlers: {sys: {class: logging.handlers.SysLogHandler}, c: {formatter: f}}
            root: {handlers: [sys, c], level: 30}
            """);

        Assert.Equal(2, routing.Server.Count);
        Assert.All(routing.Server, handler => Assert.False(handler.IsOutput));
        Assert.Equal(LogLevel.Warning, routing.Minimum);
        Assert.Equal(["%(lineno)", "filters", "formatters.f.datefmt", "handlers.sys (logging.handlers.SysLogHandler: written to standard error)"], ignored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_FullConfigurationOfFlama2_LogsToTheConsole()
    {
        var routing = Read("""
            version: 1
            disable_existing_loggers: false
            formatters:
              simple: {'()': logging.Formatter, fmt: '%(message)s', datefmt: '[%X]'}
            handlers:
              console: {class: rich.logging.RichHandler, formatter: simple, level: INFO, rich_tracebacks: true}
            loggers:
              flama: {handlers: [console], level: INFO, propagate: false}
              uvicorn: {handlers: [console], level: INFO, propagate: false}
              uvicorn.access: {handlers: [console], level: INFO, propagate: false}
            """);

        Assert.Equal("hello", Assert.Single(routing.Server).Formatter.Format(new(DateTimeOffset.UnixEpoch, LogLevel.Information, "flama", "hello", [], null)));
        Assert.Single(routing.Access);
        Assert.Contains("handlers.console (rich.logging.RichHandler: written to standard error)", ignored);
    }

    [Theory]
    [InlineData("loggers: {uvicorn: {level: LOUD}}", "loggers.uvicorn.level (line 1 of '{0}') is 'LOUD', expected one of CRITICAL, ERROR, WARNING, INFO, DEBUG, TRACE.")]
    [InlineData("loggers: {uvicorn: {handlers: [consol]}}\nhandlers: {console: {}}", "loggers.uvicorn.handlers (line 1 of '{0}') names the handler 'consol', which is not there.")]
    [InlineData("handlers: {c: {formatter: x}}", "handlers.c.formatter (line 1 of '{0}') names the formatter 'x', which is not there.")]
    [InlineData("handlers: {c: {stream: nowhere}}", "handlers.c.stream (line 1 of '{0}') is 'nowhere', expected ext://sys.stderr or ext://sys.stdout.")]
    [InlineData("handlers: {c: {class: logging.FileHandler}}", "handlers.c.filename (line 1 of '{0}') is an object, expected the name of a file.")]
    [InlineData("handlers: 3", "handlers (line 1 of '{0}') is '3', expected an object.")]
    [InlineData("- a", "'{0}' is a list, expected an object with formatters, handlers and loggers.")]
    public void Read_WrongValue_SaysWhere(string content, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(content));

        Assert.Equal(string.Format(CultureInfo.InvariantCulture, expected, Path), failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    public void Dispose() => directory.Dispose();

    private LogRouting Read(string content)
    {
        File.WriteAllText(Path, content);
        return LogRouting.Read(Path, ignored: ignored);
    }
}
