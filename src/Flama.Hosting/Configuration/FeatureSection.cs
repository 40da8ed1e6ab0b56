namespace Flama.Hosting.Configuration;

/// <summary>A section of the configuration that a feature of the application reads.</summary>
/// <param name="Name">Its name below that of Flama.</param>
internal sealed record FeatureSection(string Name);
