namespace Flama.AspNetCore.Streaming;

/// <summary>What the answers of a stream look like.</summary>
internal enum StreamForm
{
    /// <summary>An object with <c>output</c>, or an error object.</summary>
    Object,

    /// <summary>A server-sent event: the output itself as its data, or an event <c>error</c> with an error object.</summary>
    Event,
}
