namespace Flama;

/// <summary>Turns a framework's bytes into a <see cref="Model"/> without running code that the bytes bring.</summary>
public interface IModelEngine
{
    /// <summary>The engine's name; also the framework name it answers to, for example <c>sklearn</c>.</summary>
    string Name { get; }

    /// <summary>Whether bytes without a container look like this engine's.</summary>
    /// <param name="payload">The start of the file or all of it.</param>
    bool Recognizes(ReadOnlySpan<byte> payload);

    /// <summary>Loads the model and checks everything that predicting relies on.</summary>
    /// <exception cref="FlamaException">The bytes are not a model of this engine, or not a sound one.</exception>
    Model Load(ModelSource source);
}
