using System.Net.Sockets;
using Flama.AspNetCore;
using Flama.AspNetCore.Models;
using Flama.Cli.Reloading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Cli.Serving;

/// <summary>A server with its models, from loading to the last request. The only place of the command line that touches ASP.NET Core.</summary>
internal static class ModelServer
{
    /// <summary>Loads the models, serves them until a signal, and stops gracefully.</summary>
    /// <param name="options">What is served, and how.</param>
    /// <param name="console">Streams.</param>
    /// <param name="notices">What to warn of first.</param>
    /// <exception cref="FlamaException">A model cannot be loaded, or the address is not available.</exception>
    public static async Task RunAsync(ServeOptions options, CliConsole console, IEnumerable<string> notices)
    {
        using ConsoleLog log = new(options.Server.Log, console);
        foreach (var notice in notices)
        {
            log.Write(LogLevel.Warning, notice);
        }

        var models = await LoadedModel.LoadAllAsync(options.Models);
        try
        {
            await RunAsync(options, console, log, models);
        }
        finally
        {
            foreach (var model in models)
            {
                model.Dispose();
            }
        }
    }

    private static async Task RunAsync(ServeOptions options, CliConsole console, ConsoleLog log, IReadOnlyList<LoadedModel> models)
    {
        foreach (var model in models)
        {
            log.Write(LogLevel.Information, StartLines.Loaded(model));
            foreach (var warning in model.Model.Warnings)
            {
                log.Write(LogLevel.Warning, $"Model '{model.File.Name}': {warning}");
            }
        }

        var address = await ListenAddress.FindAsync(options.Host, options.Port);
        await using AccessLogs accessLogs = new(options.Server.Log.Access, console);
        await using var app = Build(options, address, accessLogs, log);
        foreach (var model in models)
        {
            ModelEndpointRouteBuilderExtensions.MapModel(app, model.File.Url, model.Model, model.File.Name, model.ArtifactNames, model);
        }

        app.MapFlama();

        // From before anybody knows of the server, so that no change is missed.
        await using var reloader = ModelReloader.Start(
            options.Server.Reload, models, app.Services.GetRequiredService<ServedModels>().Models, log);
        await StartAsync(app, address, options.Server);
        var url = AddressOf(app, options.Server);
        foreach (var line in StartLines.Listening(url, options, models))
        {
            log.Write(LogLevel.Information, line);
        }

        using var stopping = app.Lifetime.ApplicationStopping.Register(() => log.Write(LogLevel.Information, "Shutting down"));
        await app.WaitForShutdownAsync();
        foreach (var model in models)
        {
            log.Write(LogLevel.Information, StartLines.Stopped(url, model));
        }

        log.Write(LogLevel.Information, "Stopped");
    }

    private static WebApplication Build(ServeOptions options, ListenAddress address, AccessLogs accessLogs, ConsoleLog log)
    {
        // Nothing is read from files or variables that this command line did not ask for.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "flama" });
        builder.Logging.AddProvider(log).SetMinimumLevel(log.MinimumOfAll);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, StopSignals>();
        foreach (var accessLog in accessLogs.All)
        {
            builder.Services.AddSingleton<IStartupFilter>(new AccessLogFilter(accessLog));
        }

        builder.Services.AddSingleton(ServerPipeline.Outer(options.Server));
        builder.Services.AddFlama(flama =>
        {
            flama.Title = options.Title;
            flama.Version = options.Version;
            flama.Description = options.Description;
            flama.SchemaPath = options.SchemaPath;
            flama.DocsPath = options.DocsPath;
            flama.Debug = options.Debug;
            flama.MaxDegreeOfParallelism = options.Server.Workers ?? flama.MaxDegreeOfParallelism;
        });
        builder.Services.AddSingleton(ServerPipeline.Inner(options.Server));
        options.Server.Sockets.Apply(builder.Services);
        if (options.Server.Backlog is { } backlog)
        {
            builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = backlog);
        }

        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<FlamaOptions>>((kestrel, flama) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = flama.Value.MaxRequestBodyBytes;
            KestrelSettings.Apply(kestrel, options.Server, address);
        });
        return builder.Build();
    }

    private static async Task StartAsync(WebApplication app, ListenAddress address, ServerOptions server)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw KestrelSettings.Unavailable(failure, address, server);
        }
    }

    private static string AddressOf(WebApplication app, ServerOptions server) =>
        server.SocketPath is { } path ? $"unix:{path}" : app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
