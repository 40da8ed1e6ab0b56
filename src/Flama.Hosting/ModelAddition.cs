namespace Flama.Hosting;

/// <summary>A model that the code of an application adds by <c>AddModel</c>.</summary>
internal sealed record ModelAddition(string Name, string Path, Action<ServedModelOptions>? Configure);
