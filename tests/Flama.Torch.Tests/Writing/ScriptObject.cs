namespace Flama.Torch.Tests.Writing;

/// <summary>An object of a class of serialized code.</summary>
/// <param name="ClassName">The class, below <c>__torch__</c>.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record ScriptObject(string ClassName, IReadOnlyList<KeyValuePair<string, object?>> Attributes);
