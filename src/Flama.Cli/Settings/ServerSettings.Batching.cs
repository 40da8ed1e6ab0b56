using Flama.Hosting;

namespace Flama.Cli.Settings;

/// <summary>Requests that are computed together.</summary>
internal static partial class ServerSettings
{
    public static readonly Setting<string?> Batch = new Setting<string?>(
        "--server-batch", Kinds.Batch, null, "Compute requests of a model that come at the same time together where that is faster: up to so many rows. Without a value 32/2.")
        .Sets<FlamaOptions>((flama, text) => flama.Batching = Kinds.BatchOf(text!));

    public static readonly Setting<string?> BatchModels = new(
        "--server-batch-model", Kinds.ModelBatch, null, "The same for one model by its name; off for none of its requests. Can be repeated.");

    /// <summary>Those about calls.</summary>
    public static SettingGroup BatchGroup => new("Batching", [Batch, BatchModels]);
}
