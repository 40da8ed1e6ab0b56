namespace Flama.AspNetCore.Keys;

/// <summary>The authentication schemes by which callers of models are known, in the order they are tried.</summary>
internal sealed class CallerSchemes
{
    public List<string> Names { get; } = [];
}
