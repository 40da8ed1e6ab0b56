using Flama.AspNetCore.Streaming;
using Flama.Cli.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Cli.Serving;

/// <summary>What the user decided about WebSocket connections.</summary>
internal sealed record SocketOptions
{
    // What the framework's timers take.
    private const double MaxSeconds = 1e6;

    /// <summary>Whether there are any.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>The largest message in bytes.</summary>
    public int MaxSize { get; init; } = SocketSettings.MaxSize.Default;

    /// <summary>How often to ping; zero for never.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait for the answer; infinite for ever.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether messages are compressed for clients that offer it.</summary>
    public bool Compresses { get; init; } = true;

    /// <summary>Collects the options.</summary>
    /// <exception cref="FlamaException">A value is wrong.</exception>
    public static SocketOptions Read(SettingValues values) => new()
    {
        IsOn = values.Get(SocketSettings.Kind) != "none",
        MaxSize = values.Get(SocketSettings.MaxSize),
        PingInterval = TimeSpan.FromSeconds(Math.Min(values.Get(SocketSettings.PingInterval), MaxSeconds)),
        PingTimeout = values.Get(SocketSettings.PingTimeout) is > 0 and var seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0.001, MaxSeconds))
            : Timeout.InfiniteTimeSpan,
        Compresses = values.Get(SocketSettings.Deflate),
    };

    /// <summary>Tells the server.</summary>
    public void Apply(IServiceCollection services)
    {
        services.Configure<StreamOptions>(streams =>
        {
            streams.AllowsWebSockets = IsOn;
            streams.MaxMessageBytes = MaxSize;
            streams.Compresses = Compresses;
        });
        services.Configure<WebSocketOptions>(sockets =>
        {
            sockets.KeepAliveInterval = PingInterval;
            sockets.KeepAliveTimeout = PingTimeout;
        });
    }
}
