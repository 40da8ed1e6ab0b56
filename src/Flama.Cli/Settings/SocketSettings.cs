namespace Flama.Cli.Settings;

/// <summary>The settings of WebSocket connections.</summary>
internal static class SocketSettings
{
    private const int DefaultMaxSize = 16 * 1024 * 1024;

    /// <summary>Whether there are such connections.</summary>
    public static readonly Setting<string> Kind = SettingKinds.Choice(
        "--server-ws", "WebSocket connections: none for no such connections; the others are the same here.", "auto", "auto", "none", "websockets", "wsproto");

    /// <summary>The largest message.</summary>
    public static readonly Setting<int> MaxSize =
        SettingKinds.Number("--server-ws-max-size", "BYTES", "Largest message; a larger one closes the connection with 1009.", DefaultMaxSize, 1);

    /// <summary>How often to ask for a sign of life.</summary>
    public static readonly Setting<double> PingInterval =
        SettingKinds.Amount("--server-ws-ping-interval", "SECONDS", "Ping connections so often; 0 for never.", 20);

    /// <summary>How long to wait for it.</summary>
    public static readonly Setting<double> PingTimeout =
        SettingKinds.Amount("--server-ws-ping-timeout", "SECONDS", "Give connections up that do not answer a ping for so long; 0 for never.", 20);

    /// <summary>Whether messages are compressed.</summary>
    public static readonly Setting<bool> Deflate = SettingKinds.Switch(
        "--server-ws-per-message-deflate", "--server-no-ws-per-message-deflate", "Compress messages for clients that offer it.", true);

    /// <summary>All of them, as the help page shows them.</summary>
    public static readonly SettingGroup Group = new("WebSocket", [Kind, MaxSize, PingInterval, PingTimeout, Deflate]);
}
