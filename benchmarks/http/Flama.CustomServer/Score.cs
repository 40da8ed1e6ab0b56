namespace Flama.CustomServer;

/// <summary>The answer.</summary>
internal sealed record Score(string Label);
