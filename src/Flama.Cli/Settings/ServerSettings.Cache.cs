using Flama.AspNetCore;

namespace Flama.Cli.Settings;

/// <summary>Answers that are kept.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<double?> Cache = new Setting<double?>(
        "--server-cache", Kinds.OptionalSeconds, null, "Give an answer again to the same rows for so long. Without a value 60.")
        .Sets<PredictionCacheOptions>((cache, seconds) => cache.Time = Seconds(seconds!.Value));

    public static readonly Setting<string?> CacheModels = new(
        "--server-cache-model", Kinds.ModelSeconds, null, "The same for one model by its name; 0 for none of its answers. Can be repeated.");

    public static readonly Setting<long?> CacheMemory = new Setting<long?>(
        "--server-cache-memory", Kinds.OptionalBytes(1 << 20), null, "Memory for kept answers of all models. [default: 67108864, 64 MiB]")
        .Sets<PredictionCacheOptions>((cache, bytes) => cache.MaxBytes = bytes!.Value);

    /// <summary>Those about answers.</summary>
    public static SettingGroup CacheGroup => new("Cache", [Cache, CacheModels, CacheMemory]);
}
