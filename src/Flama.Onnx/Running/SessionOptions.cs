using System.Globalization;
using System.Text;
using Flama.Onnx.Graphs;
using Flama.Onnx.Interop;

namespace Flama.Onnx.Running;

/// <summary>The settings of a session.</summary>
internal static unsafe class SessionOptions
{
    private const int LogFatal = 4;
    private const int Extended = 2;
    private const int All = 99;

    /// <summary>Makes the settings; the caller releases them.</summary>
    public static nint Create(SessionPlan plan, OnnxLimits limits, ExternalContent content)
    {
        var options = Ort.CreateSessionOptions();
        try
        {
            Ort.SetSessionLogSeverityLevel(options, LogFatal);
            Ort.SetSessionGraphOptimizationLevel(options, plan.IsLarge ? All : Extended);
            if (plan.IsLarge)
            {
                Ort.DisablePerSessionThreads(options);
            }
            else
            {
                Ort.SetIntraOpNumThreads(options, 1);
            }

            // Runs share an arena; weights do not live in it, so that they are gone with the session.
            if (plan.IsExact)
            {
                // Sums of products of unsigned and signed bytes overflow on processors without VNNI.
                Set(options, "session.x64quantprecision", "1");
            }

            Set(options, "session.use_env_allocators", "1");
            Set(options, "session.use_device_allocator_for_initializers", "1");
            Set(options, "session.function_expansion_node_limit", limits.MaxNodes.ToString(CultureInfo.InvariantCulture));
            Add(options, content);
            return options;
        }
        catch
        {
            Ort.ReleaseSessionOptions(options);
            throw;
        }
    }

    private static void Set(nint options, string key, string value)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(key + '\0'), text = Encoding.UTF8.GetBytes(value + '\0'))
        {
            Ort.AddSessionConfigEntry(options, name, text);
        }
    }

    private static void Add(nint options, ExternalContent content)
    {
        if (content.Count == 0)
        {
            return;
        }

        fixed (nint* names = content.Names, buffers = content.Buffers)
        fixed (long* lengths = content.Lengths)
        {
            Ort.AddExternalInitializersFromFilesInMemory(options, (void**)names, (void**)buffers, (nuint*)lengths, (nuint)content.Count);
        }
    }
}
