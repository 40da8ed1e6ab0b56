using System.Buffers;
using System.Text.Json;

namespace Flama.Json;

/// <summary>Reads the JSON input of a method: rows into a <see cref="FeatureBatch"/>, nested lists into <see cref="TensorInputs"/>.</summary>
/// <remarks>
/// Each text is read in one pass without a document model; buffers come from pools. Encodings are found as Python does (UTF-8, UTF-16, UTF-32,
/// with or without byte order mark), and Python's bare words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers. One bad value refuses the
/// whole input. Immutable and thread-safe; make one per method and keep it.
/// </remarks>
public abstract class InputReader
{
    private static readonly InputSubject RequestSubject = new("body");
    private static readonly InputSubject ValueSubject = new("input");

    private protected InputReader()
    {
    }

    /// <summary>What an input looks like, for messages: <c>a list of rows: [[…], …]</c>.</summary>
    private protected abstract string Expected { get; }

    /// <summary>What a request looks like, for messages: <c>an object with the rows: {"input": [[…], …]}</c>.</summary>
    private protected abstract string ExpectedRequest { get; }

    /// <summary>Makes the reader of a method's input.</summary>
    /// <param name="spec">What the method takes.</param>
    public static InputReader For(InputSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec switch
        {
            TableSpec table => new FeatureReader(table),
            TensorsSpec tensors => new TensorReader(tensors),
            _ => throw new ArgumentException($"There is no reader for {spec.GetType().Name}.", nameof(spec)),
        };
    }

    /// <summary>Reads a request: an object with the value in <c>input</c>. Other members are ignored; of several <c>input</c> the last counts.</summary>
    /// <param name="json">The whole text.</param>
    /// <returns>A new input; the caller disposes it.</returns>
    /// <exception cref="FlamaException">
    /// The text is not JSON (<see cref="ErrorCodes.MalformedJson"/>, with line and byte counted from 1), the value is not what the method
    /// takes (<see cref="ErrorCodes.InvalidInput"/>, with the first problems), or it needs too much memory
    /// (<see cref="ErrorCodes.InputTooLarge"/>).
    /// </exception>
    public ModelInput ReadRequest(ReadOnlySpan<byte> json) => Read(json, RequestSubject, allowsBareValue: false);

    /// <inheritdoc cref="ReadRequest(ReadOnlySpan{byte})"/>
    public ModelInput ReadRequest(in ReadOnlySequence<byte> json) => Read(json, RequestSubject, allowsBareValue: false);

    /// <summary>Reads the value of <c>input</c> on its own, or an object with it in <c>input</c>.</summary>
    /// <inheritdoc cref="ReadRequest(ReadOnlySpan{byte})"/>
    public ModelInput ReadValue(ReadOnlySpan<byte> json) => Read(json, ValueSubject, allowsBareValue: true);

    /// <inheritdoc cref="ReadValue(ReadOnlySpan{byte})"/>
    public ModelInput ReadValue(in ReadOnlySequence<byte> json) => Read(json, ValueSubject, allowsBareValue: true);

    /// <summary>Reads the value of <c>input</c> on its own, or an object with it in <c>input</c>, which is a part of something larger.</summary>
    /// <param name="json">The whole text of the part.</param>
    /// <param name="subject">What it is, for messages that begin with <c>The</c>: <c>input of message 3</c>.</param>
    /// <param name="firstLine">Which line of the whole its first line is, from 1.</param>
    /// <inheritdoc cref="ReadRequest(ReadOnlySpan{byte})"/>
    public ModelInput ReadValue(in ReadOnlySequence<byte> json, string subject, long firstLine)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstLine, 1);
        return Read(json, new InputSubject(subject, firstLine), allowsBareValue: true);
    }

    /// <summary>Reads a text that is valid UTF-8.</summary>
    /// <param name="strict">The text, with stand-ins of the same length for Python's bare words.</param>
    /// <param name="original">The text as it was written.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <param name="allowsBareValue">Whether the value may come without the object around it.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    private protected abstract ModelInput Parse(ReadOnlySpan<byte> strict, ReadOnlySpan<byte> original, InputSubject subject, bool allowsBareValue);

    private ModelInput Read(in ReadOnlySequence<byte> json, InputSubject subject, bool allowsBareValue)
    {
        if (json.IsSingleSegment)
        {
            return Read(json.FirstSpan, subject, allowsBareValue);
        }

        var length = checked((int)json.Length);
        var rented = BufferPool<byte>.Rent(length);
        try
        {
            json.CopyTo(rented);
            return Read(rented.AsSpan(0, length), subject, allowsBareValue);
        }
        finally
        {
            BufferPool<byte>.Return(rented);
        }
    }

    private ModelInput Read(ReadOnlySpan<byte> json, InputSubject subject, bool allowsBareValue)
    {
        var utf8 = JsonText.ToUtf8(json, subject);
        try
        {
            return Parse(utf8, utf8, subject, allowsBareValue);
        }
        catch (JsonException found)
        {
            if (utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                throw JsonFault.Empty(subject, allowsBareValue ? Expected : ExpectedRequest);
            }

            if (!PythonJson.HasConstants(utf8))
            {
                throw JsonFault.Of(utf8, found, subject);
            }
        }

        return ReadWithConstants(utf8, subject, allowsBareValue);
    }

    // Each bare word is replaced by a number of the same length, so that every position stays what it was.
    private ModelInput ReadWithConstants(ReadOnlySpan<byte> utf8, InputSubject subject, bool allowsBareValue)
    {
        var strict = PythonJson.ReplaceConstants(utf8, "1e1"u8, "1e000001"u8, "-1e000001"u8);
        try
        {
            return Parse(strict, utf8, subject, allowsBareValue);
        }
        catch (JsonException found)
        {
            throw JsonFault.Of(utf8, found, subject);
        }
    }
}
