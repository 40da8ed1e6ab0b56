using System.Net.Sockets;
using Flama.AspNetCore;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Streaming;
using Flama.Cli.Commands;
using Flama.Cli.Logging;
using Flama.Cli.Reloading;
using Flama.Cli.Settings;
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

/// <summary>A server with its models, from loading to the last request.</summary>
internal static class ModelServer
{
    /// <summary>Loads the models, serves them until a signal, and stops gracefully.</summary>
    /// <param name="plan">What is served, and how.</param>
    /// <param name="context">Streams, and what to warn of first.</param>
    /// <exception cref="FlamaException">A model cannot be loaded, or the address is not available.</exception>
    public static async Task RunAsync(ServerPlan plan, CommandContext context)
    {
        using var logs = plan.Log.ToFactory();
        var log = logs.CreateLogger(LogEvent.Own);
        foreach (var notice in context.Notices)
        {
            new LogLine(notice).WriteTo(log, LogLevel.Warning);
        }

        var models = await LoadedModel.LoadAllAsync(plan.Models);
        try
        {
            await RunAsync(plan, context.Console, logs, models);
        }
        finally
        {
            foreach (var model in models)
            {
                model.Dispose();
            }
        }
    }

    private static async Task RunAsync(ServerPlan plan, CliConsole console, ILoggerFactory logs, IReadOnlyList<LoadedModel> models)
    {
        var log = logs.CreateLogger(LogEvent.Own);
        foreach (var model in models)
        {
            StartLines.Loaded(model).WriteTo(log);
            foreach (var warning in model.Model.Warnings)
            {
                new LogLine($"Model '{model.File.Name}': {warning}").WriteTo(log, LogLevel.Warning);
            }
        }

        var address = await ListenAddress.FindAsync(plan.Values.Get(ServerSettings.Host), plan.Values.Get(ServerSettings.Port));
        await using AccessLogs accessLogs = new(plan.Log.Access, console);
        await using var app = Build(plan, address, accessLogs, logs);
        foreach (var model in models)
        {
            ModelEndpointRouteBuilderExtensions.MapModel(app, model.File.Url, model.Model, model.File.Name, model.ArtifactNames, model);
        }

        app.MapFlama();

        // From before the server is known, so that no change is missed.
        await using var reloader = ModelReloader.Start(
            plan.Reload, models, app.Services.GetRequiredService<ServedModels>().Models, log);
        await StartAsync(app, address, plan.Values);
        var url = AddressOf(app, plan.Values);
        foreach (var line in StartLines.Listening(url, plan, models))
        {
            line.WriteTo(log);
        }

        using var stopping = app.Lifetime.ApplicationStopping.Register(() => new LogLine("Shutting down").WriteTo(log));
        await app.WaitForShutdownAsync();
        foreach (var model in models)
        {
            StartLines.Stopped(url, model).WriteTo(log);
        }

        new LogLine("Stopped").WriteTo(log);
    }

    private static WebApplication Build(ServerPlan plan, ListenAddress address, AccessLogs accessLogs, ILoggerFactory logs)
    {
        // Nothing is read from files or variables that this command line did not ask for.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "flama" });
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, StopSignals>();
        foreach (var accessLog in accessLogs.All)
        {
            builder.Services.AddSingleton<IStartupFilter>(new AccessLogFilter(accessLog));
        }

        builder.Services.AddSingleton(ServerPipeline.Outer(plan.Values));
        builder.Services.AddFlama(flama =>
        {
            plan.Values.Apply(flama);
            flama.DocsPath = plan.DocsPath;
        });
        builder.Services.AddSingleton(ServerPipeline.Inner(plan.Values));
        builder.Services.Configure<StreamOptions>(plan.Values.Apply);
        builder.Services.Configure<WebSocketOptions>(plan.Values.Apply);
        builder.Services.Configure<SocketTransportOptions>(plan.Values.Apply);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<FlamaOptions>>((kestrel, flama) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = flama.Value.MaxRequestBodyBytes;
            kestrel.ConfigureEndpointDefaults(listen => listen.AnswerHalfClosedConnections());
            KestrelSettings.Apply(kestrel, plan, address);
        });
        return builder.Build();
    }

    private static async Task StartAsync(WebApplication app, ListenAddress address, SettingValues values)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw KestrelSettings.Unavailable(failure, address, values);
        }
    }

    private static string AddressOf(WebApplication app, SettingValues values) =>
        values.Get(ServerSettings.SocketPath) is { } path ? $"unix:{path}" : app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
