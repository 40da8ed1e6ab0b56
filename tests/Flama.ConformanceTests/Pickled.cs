namespace Flama.ConformanceTests;

/// <summary>Pickles on the way to the engine.</summary>
internal static class Pickled
{
    public static ModelSource Source(string name, ReadOnlyMemory<byte> bytes) => new(name, ModelFormats.Pickle, ModelPayload.FromMemory(bytes));

    /// <summary>A case's model, in the format that its file's name tells.</summary>
    public static ModelSource Source(SklearnCase golden) => new(golden.Name, FormatOf(golden.FileName), ModelPayload.FromMemory(golden.Model));

    private static ModelFormat FormatOf(string file) => Path.GetExtension(file) switch
    {
        ".json" => ModelFormats.XGBoostJson,
        ".ubj" => ModelFormats.XGBoostUbjson,
        ".txt" => ModelFormats.LightGbmText,
        _ => ModelFormats.Pickle,
    };
}
