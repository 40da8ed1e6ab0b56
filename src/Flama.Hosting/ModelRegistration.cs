namespace Flama.Hosting;

/// <summary>A model that an application asked for by <c>AddModel</c>.</summary>
internal sealed record ModelRegistration(string Name, string Path, ServedModelOptions Options);
