using Flama.AspNetCore;

namespace Flama.Cli.Settings;

/// <summary>How much work is taken at a time.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<int?> ModelConcurrency = new Setting<int?>(
        "--server-limit-model-concurrency", Kinds.OptionalNumber("COUNT", 1), null, "Compute so many requests of a model at a time, streams included; others wait.")
        .Sets<FlamaHttpOptions>((http, count) => http.MaxModelConcurrency = count);

    public static readonly Setting<int> ModelQueue = new Setting<int>(
        "--server-limit-model-queue", Kinds.Number("COUNT", 0), 100, "Let so many wait; answer 503 to more, and to those that would wait beyond the timeout.")
        .Sets<FlamaHttpOptions>((http, count) => http.MaxModelQueue = count);

    public static readonly Setting<double?> RequestTimeout = new Setting<double?>(
        "--server-timeout-request", Kinds.OptionalAmount("SECONDS"), null, "Stop a prediction that takes longer and answer 504; not streams. 0 for never.")
        .Sets<FlamaHttpOptions>((http, seconds) => http.RequestTimeout = seconds > 0 ? Seconds(seconds.Value, 0.001) : null);

    public static readonly Setting<int?> MaxRows = new Setting<int?>(
        "--server-limit-rows", Kinds.OptionalNumber("COUNT", 1), null, "Answer 413 to requests of more rows.")
        .Sets<FlamaHttpOptions>((http, count) => http.MaxRows = count);

    public static readonly Setting<long?> MaxCells = new Setting<long?>(
        "--server-limit-cells", Kinds.OptionalCount(1), null, "Answer 413 to requests of more values, rows times columns.")
        .Sets<FlamaHttpOptions>((http, count) => http.MaxCells = count);
}
