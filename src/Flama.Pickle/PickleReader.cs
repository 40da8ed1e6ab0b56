using Flama.Pickle.Auditing;
using Flama.Pickle.Machine;

namespace Flama.Pickle;

/// <summary>
/// Reads pickle files (protocols 0 to 5) and joblib files, plain or compressed, as data. Nothing of the file is run: classes become
/// <see cref="PickleObject"/>s, functions <see cref="PickleSymbol"/>s. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Values: None → null, bool → <see cref="bool"/>, int → <see cref="long"/> or <see cref="System.Numerics.BigInteger"/> above 64 bits,
/// float → <see cref="double"/>,
/// complex → <see cref="System.Numerics.Complex"/>, str → <see cref="string"/> (lone surrogates kept), bytes and bytearray →
/// <see cref="byte"/> array, list and
/// deque → <c>List&lt;object?&gt;</c>, tuple → <see cref="PickleTuple"/>, dict, OrderedDict, defaultdict, Counter →
/// <see cref="PickleDict"/>, set and
/// frozenset → <see cref="PickleSet"/>, numpy array → <see cref="Numpy.NdArray"/>, numpy scalar → the plain value, numpy dtype →
/// <see cref="Numpy.DType"/>.
/// </para>
/// <para>
/// Values are shared as the file shares them and may contain themselves: walk them with a bound on depth. Arrays keep a part of the file's
/// memory where they can, so <c>file</c> must not change while its values live.
/// </para>
/// </remarks>
public static class PickleReader
{
    private const int PrefixLength = 16;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file. Bytes after the end of the pickle are ignored, as Python does.</param>
    /// <param name="limits">What it may ask for; null for <see cref="PickleLimits.Default"/>.</param>
    /// <param name="globals">The classes and functions it may refer to; null for <see cref="GlobalTable.Default"/>.</param>
    /// <returns>The value in the file.</returns>
    /// <exception cref="PickleException">The file is damaged, too large, no pickle, or asks for what is not allowed.</exception>
    public static object? Read(ReadOnlyMemory<byte> file, PickleLimits? limits = null, GlobalTable? globals = null)
    {
        limits ??= PickleLimits.Default;
        var stream = PickleFormat.FindCodec(Prefix(file.Span)) is { } codec ? CompressedPickle.Expand(file, codec, limits) : file;
        PickleFormat.Require(stream.Span);
        var budget = new PickleBudget(limits, stream.Length, file.Length);
        return new PickleMachine(stream, 0, globals ?? GlobalTable.Default, budget).Run();
    }

    /// <summary>Finds everything that a file names, without loading it; goes on behind what a load would refuse.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">What it may ask for; null for <see cref="PickleLimits.Default"/>.</param>
    /// <param name="globals">The classes and functions that a load lets it refer to; null for <see cref="GlobalTable.Default"/>.</param>
    /// <returns>What was found; what stopped the audit is in it, so that nothing is thrown for the sake of the file.</returns>
    public static PickleAudit Audit(ReadOnlyMemory<byte> file, PickleLimits? limits = null, GlobalTable? globals = null)
    {
        limits ??= PickleLimits.Default;
        var codec = PickleFormat.FindCodec(Prefix(file.Span));
        var auditor = new PickleAuditor();
        PickleBudget? budget = null;
        PickleException? failure = null;
        var stream = file;
        try
        {
            stream = codec is null ? file : CompressedPickle.Expand(file, codec, limits);
            PickleFormat.Require(stream.Span);
            budget = new PickleBudget(limits, stream.Length, file.Length) { Auditor = auditor };
            new PickleMachine(stream, 0, globals ?? GlobalTable.Default, budget).Run();
        }
        catch (PickleException exception)
        {
            failure = exception;
        }

        return new PickleAudit(auditor.Globals, failure)
        {
            Compression = codec?.Name,
            StreamBytes = budget is null && codec is not null ? 0 : stream.Length,
            Values = budget?.Objects ?? 0,
            ValueBytes = budget?.Bytes ?? 0,
        };
    }

    /// <summary>
    /// Whether a file may be a pickle or joblib file, by its first bytes. A compressed file may turn out to hold something else.
    /// </summary>
    /// <param name="prefix">The first bytes of the file; 16 are enough, more make the answer for protocol 0 surer.</param>
    public static bool LooksLikePickle(ReadOnlySpan<byte> prefix) =>
        PickleFormat.FindCodec(Prefix(prefix)) is not null || PickleFormat.IsLikelyPickle(prefix);

    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, PrefixLength)];
}
