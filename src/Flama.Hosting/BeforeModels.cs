namespace Flama.Hosting;

/// <summary>What has to be there before the first model is loaded, such as whoever counts loads.</summary>
/// <param name="Start">Starts it; called once, with the services of the application.</param>
internal sealed record BeforeModels(Action<IServiceProvider> Start);
