using System.Text.RegularExpressions;

namespace Flama.Onnx.Interop;

/// <summary>Makes messages of ONNX Runtime fit for users: without its source files and signatures, on one line.</summary>
internal static partial class OrtMessage
{
    private const int Longest = 400;

    /// <summary>The message without what only its developers can use, without the full stop at its end.</summary>
    public static string Clean(string message)
    {
        var text = Prefix().Replace(message, "");
        text = SourcePlace().Replace(text, "");
        return SafeText.OneLine(Space().Replace(text, " ").Trim().TrimEnd('.', ':', ' '), Longest);
    }

    [GeneratedRegex(@"Load model from .*? ?failed:|Exception during initialization: ?|Non-zero status code returned while running |This is an invalid model\. (?:Error: )?|Status Message: ?|Name:'' ?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();

    // "/onnxruntime_src/…/graph.cc:1617 void onnxruntime::Graph::X(const Y&) " and "tensorprotoutils.cc:1708 Validate ".
    [GeneratedRegex(@"\S*\.(?:cc|h|cpp):\d+ (?:[\w:<>,&* \[\]~]*\((?>[^()]|\([^()]*\))*\)(?: const)?(?: \[with [^\]]*\])? ?|\w+ )?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourcePlace();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Space();
}
