using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Interop;

/// <summary>The functions of ONNX Runtime's C interface that are used, by their places in its table, which are never changed.</summary>
/// <remarks>Those that can fail throw <see cref="OrtException"/>. Thread-safe as ONNX Runtime is: a session may run on any number of threads.</remarks>
internal static unsafe class Ort
{
    private static void** F
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => OrtLibrary.Functions;
    }

    /// <summary>Creates the environment with a pool of threads that all sessions may share.</summary>
    public static nint CreateEnvWithGlobalThreadPools(int severity, byte* logId, nint threading)
    {
        nint made;
        Check(((delegate* unmanaged<int, byte*, nint, nint*, nint>)F[119])(severity, logId, threading, &made));
        return made;
    }

    public static nint CreateThreadingOptions()
    {
        nint made;
        Check(((delegate* unmanaged<nint*, nint>)F[121])(&made));
        return made;
    }

    public static void SetGlobalIntraOpNumThreads(nint options, int threads) => Check(((delegate* unmanaged<nint, int, nint>)F[147])(options, threads));

    public static void SetGlobalInterOpNumThreads(nint options, int threads) => Check(((delegate* unmanaged<nint, int, nint>)F[148])(options, threads));

    public static void SetGlobalSpinControl(nint options, int allowed) => Check(((delegate* unmanaged<nint, int, nint>)F[149])(options, allowed));

    public static void SetGlobalCustomThreads(
        nint options, delegate* unmanaged[Cdecl]<nint, delegate* unmanaged<nint, void>, nint, nint> create, delegate* unmanaged[Cdecl]<nint, void> join)
    {
        Check(((delegate* unmanaged<nint, void*, nint>)F[199])(options, create));
        Check(((delegate* unmanaged<nint, void*, nint>)F[201])(options, join));
    }

    public static void ReleaseThreadingOptions(nint options) => ((delegate* unmanaged<nint, void>)F[122])(options);

    /// <summary>Memory of the CPU.</summary>
    /// <param name="allocator">0 for the system's, 1 for an arena's.</param>
    public static nint CreateCpuMemoryInfo(int allocator)
    {
        nint made;
        Check(((delegate* unmanaged<int, int, nint*, nint>)F[69])(allocator, 0, &made));
        return made;
    }

    public static void ReleaseMemoryInfo(nint memory) => ((delegate* unmanaged<nint, void>)F[94])(memory);

    public static nint GetDefaultAllocator()
    {
        nint found;
        Check(((delegate* unmanaged<nint*, nint>)F[78])(&found));
        return found;
    }

    public static nint CreateArenaCfg(byte** keys, nuint* values, nuint count)
    {
        nint made;
        Check(((delegate* unmanaged<byte**, nuint*, nuint, nint*, nint>)F[164])(keys, values, count, &made));
        return made;
    }

    public static void ReleaseArenaCfg(nint arena) => ((delegate* unmanaged<nint, void>)F[157])(arena);

    public static void CreateAndRegisterAllocator(nint env, nint memory, nint arena) => Check(((delegate* unmanaged<nint, nint, nint, nint>)F[144])(env, memory, arena));

    /// <summary>The allocator that a session's runs use.</summary>
    public static nint CreateAllocator(nint session, nint memory)
    {
        nint made;
        Check(((delegate* unmanaged<nint, nint, nint*, nint>)F[131])(session, memory, &made));
        return made;
    }

    public static void ReleaseAllocator(nint allocator) => ((delegate* unmanaged<nint, void>)F[132])(allocator);

    /// <summary>A figure of an allocator; null where it does not keep it.</summary>
    public static long? AllocatorStat(nint allocator, byte* key)
    {
        nint pairs;
        Check(((delegate* unmanaged<nint, nint*, nint>)F[319])(allocator, &pairs));
        var text = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, byte*, nint>)F[297])(pairs, key));
        ((delegate* unmanaged<nint, void>)F[300])(pairs);
        return long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    public static nint CreateSessionOptions()
    {
        nint made;
        Check(((delegate* unmanaged<nint*, nint>)F[10])(&made));
        return made;
    }

    public static void DisableMemPattern(nint options) => Check(((delegate* unmanaged<nint, nint>)F[17])(options));

    public static void SetSessionLogSeverityLevel(nint options, int severity) => Check(((delegate* unmanaged<nint, int, nint>)F[22])(options, severity));

    public static void SetSessionGraphOptimizationLevel(nint options, int level) => Check(((delegate* unmanaged<nint, int, nint>)F[23])(options, level));

    public static void SetIntraOpNumThreads(nint options, int threads) => Check(((delegate* unmanaged<nint, int, nint>)F[24])(options, threads));

    public static void DisablePerSessionThreads(nint options) => Check(((delegate* unmanaged<nint, nint>)F[120])(options));

    public static void AddSessionConfigEntry(nint options, byte* key, byte* value) => Check(((delegate* unmanaged<nint, byte*, byte*, nint>)F[130])(options, key, value));

    public static void AddExternalInitializersFromFilesInMemory(nint options, void** names, void** buffers, nuint* lengths, nuint count) =>
        Check(((delegate* unmanaged<nint, void**, void**, nuint*, nuint, nint>)F[279])(options, names, buffers, lengths, count));

    public static void ReleaseSessionOptions(nint options) => ((delegate* unmanaged<nint, void>)F[100])(options);

    public static nint CreateSessionFromArray(nint env, void* model, nuint length, nint options)
    {
        nint made;
        Check(((delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)F[8])(env, model, length, options, &made));
        return made;
    }

    public static void ReleaseSession(nint session) => ((delegate* unmanaged<nint, void>)F[95])(session);

    /// <summary>Runs a session; the status is for the caller to look at, so that what was made is released first.</summary>
    public static nint Run(nint session, nint options, byte** inputNames, nint* inputs, nuint inputCount, byte** outputNames, nuint outputCount, nint* outputs) =>
        ((delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)F[9])(
            session, options, inputNames, inputs, inputCount, outputNames, outputCount, outputs);

    public static nint CreateRunOptions()
    {
        nint made;
        Check(((delegate* unmanaged<nint*, nint>)F[39])(&made));
        return made;
    }

    public static void RunOptionsSetTerminate(nint options) => Check(((delegate* unmanaged<nint, nint>)F[46])(options));

    public static void ReleaseRunOptions(nint options) => ((delegate* unmanaged<nint, void>)F[97])(options);

    public static nint CreateTensorWithData(nint memory, void* data, nuint length, long* shape, nuint rank, int type)
    {
        nint made;
        Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)F[49])(memory, data, length, shape, rank, type, &made));
        return made;
    }

    public static nint CreateTensor(nint allocator, long* shape, nuint rank, int type)
    {
        nint made;
        Check(((delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)F[48])(allocator, shape, rank, type, &made));
        return made;
    }

    public static byte* GetResizedStringTensorElementBuffer(nint value, nuint index, nuint length)
    {
        byte* buffer;
        Check(((delegate* unmanaged<nint, nuint, nuint, byte**, nint>)F[252])(value, index, length, &buffer));
        return buffer;
    }

    public static nuint GetStringTensorDataLength(nint value)
    {
        nuint length;
        Check(((delegate* unmanaged<nint, nuint*, nint>)F[53])(value, &length));
        return length;
    }

    public static void GetStringTensorContent(nint value, void* bytes, nuint length, nuint* offsets, nuint count) =>
        Check(((delegate* unmanaged<nint, void*, nuint, nuint*, nuint, nint>)F[54])(value, bytes, length, offsets, count));

    public static void* GetTensorMutableData(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)F[51])(value, &data));
        return data;
    }

    /// <summary>Element type and shape of a tensor; the shape is valid as long as the tensor is.</summary>
    public static ReadOnlySpan<long> GetTensorTypeAndShape(nint value, out int type)
    {
        int found;
        long* shape;
        nuint rank;
        Check(((delegate* unmanaged<nint, int*, long**, nuint*, nint>)F[414])(value, &found, &shape, &rank));
        type = found;
        return new(shape, (int)rank);
    }

    public static int GetValueType(nint value)
    {
        int type;
        Check(((delegate* unmanaged<nint, int*, nint>)F[67])(value, &type));
        return type;
    }

    public static bool HasValue(nint value)
    {
        int has;
        Check(((delegate* unmanaged<nint, int*, nint>)F[192])(value, &has));
        return has != 0;
    }

    public static nuint GetValueCount(nint value)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)F[81])(value, &count));
        return count;
    }

    public static nint GetValue(nint value, int index, nint allocator)
    {
        nint found;
        Check(((delegate* unmanaged<nint, int, nint, nint*, nint>)F[80])(value, index, allocator, &found));
        return found;
    }

    public static nint CreateValue(nint* values, nuint count, int type)
    {
        nint made;
        Check(((delegate* unmanaged<nint*, nuint, int, nint*, nint>)F[82])(values, count, type, &made));
        return made;
    }

    public static void ReleaseValue(nint value) => ((delegate* unmanaged<nint, void>)F[96])(value);

    /// <summary>Throws where a status tells a failure, and releases it.</summary>
    public static void Check(nint status)
    {
        if (status != 0)
        {
            throw Failure(status);
        }
    }

    private static OrtException Failure(nint status)
    {
        var error = ((delegate* unmanaged<nint, int>)F[1])(status);
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)F[2])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)F[93])(status);
        return new((OrtError)error, message);
    }
}
