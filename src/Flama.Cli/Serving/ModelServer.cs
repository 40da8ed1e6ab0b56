using System.Diagnostics;
using System.Net.Sockets;
using Flama.AspNetCore;
using Flama.Cli.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Cli.Serving;

/// <summary>A server with one model, from loading to the last request. The only place of the command line that touches ASP.NET Core.</summary>
internal static class ModelServer
{
    /// <summary>Loads the model, serves it until a signal, and stops gracefully.</summary>
    /// <exception cref="FlamaException">The model cannot be loaded, or the address is not available.</exception>
    public static async Task RunAsync(ServeOptions options, CliConsole console)
    {
        using ConsoleLog log = new(console.Error);
        var start = Stopwatch.GetTimestamp();
        using var package = ModelFile.Open(options.ModelPath);
        using var model = InstalledEngines.AddTo(new ModelEngines()).Load(package.ReadModel());
        log.Write(LogLevel.Information, StartLines.Loaded(options.ModelName, model, Stopwatch.GetElapsedTime(start)));
        foreach (var warning in model.Warnings)
        {
            log.Write(LogLevel.Warning, $"Model '{options.ModelName}': {warning}");
        }

        var address = await ListenAddress.FindAsync(options.Host, options.Port);
        await using AccessLog accessLog = new(console.Output);
        await using var app = Build(options, address, accessLog, log);
        app.MapModel(options.ModelUrl, model, options.ModelName, package.Artifacts.Names);
        app.MapFlama();
        await StartAsync(app, address);
        foreach (var line in StartLines.Listening(AddressOf(app), options, model))
        {
            log.Write(LogLevel.Information, line);
        }

        using var stopping = app.Lifetime.ApplicationStopping.Register(() => log.Write(LogLevel.Information, "Shutting down"));
        await app.WaitForShutdownAsync();
        log.Write(LogLevel.Information, "Stopped");
    }

    private static WebApplication Build(ServeOptions options, ListenAddress address, AccessLog accessLog, ConsoleLog log)
    {
        // Nothing is read from files or variables that this command line did not ask for.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "flama" });
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, StopSignals>();
        builder.Services.AddSingleton<IStartupFilter>(new AccessLogFilter(accessLog));
        builder.Services.AddFlama(flama =>
        {
            flama.Title = options.Title;
            flama.Version = options.Version;
            flama.Description = options.Description;
            flama.SchemaPath = options.SchemaPath;
            flama.DocsPath = options.DocsPath;
            flama.Debug = options.Debug;
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<FlamaOptions>>((kestrel, flama) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = flama.Value.MaxRequestBodyBytes;
            kestrel.Listen(address.EndPoint);
        });
        return builder.Build();
    }

    private static async Task StartAsync(WebApplication app, ListenAddress address)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw address.Unavailable(failure);
        }
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
