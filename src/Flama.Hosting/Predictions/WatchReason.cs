namespace Flama.Hosting.Predictions;

/// <summary>A feature that needs requests to be recorded.</summary>
/// <param name="Holds">Whether it does, by the options of an application.</param>
internal sealed record WatchReason(Func<IServiceProvider, bool> Holds);
