namespace Flama.ConformanceTests;

/// <summary>Pickles on the way to the engine.</summary>
internal static class Pickled
{
    public static ModelSource Source(string name, ReadOnlyMemory<byte> bytes) => new(name, ModelFormats.Pickle, ModelPayload.FromMemory(bytes));
}
