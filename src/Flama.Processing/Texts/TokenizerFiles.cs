using System.Diagnostics.CodeAnalysis;
using System.Text;
using Flama.Processing.Plans;
using Microsoft.ML.Tokenizers;

namespace Flama.Processing.Texts;

/// <summary>Finds the files of a model's tokenizer and reads them: WordPiece (<c>vocab.txt</c>), byte-level BPE (<c>vocab.json</c> and <c>merges.txt</c>), SentencePiece (<c>.model</c>), <c>tokenizer.json</c>.</summary>
internal static class TokenizerFiles
{
    private const int MaxBytes = 64 << 20;
    private const string Key = "tokenizer";

    private static readonly string[][] Usual = [["tokenizer.json"], ["vocab.txt"], ["vocab.json", "merges.txt"], ["tokenizer.model"], ["spiece.model"]];

    /// <summary>Reads the tokenizer of a plan.</summary>
    /// <exception cref="FlamaException">A file is missing, or is not what its name says (<see cref="ErrorCodes.InvalidProcessing"/>).</exception>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a library that says not what it throws at a damaged file.")]
    public static TextTokenizer Read(TextPlan plan, ModelSource source)
    {
        var files = FilesOf(plan, source);
        try
        {
            return files switch
            {
                [var vocabulary, var merges] => BytePairs.OfFiles(plan, PlanFile.Parse(source, vocabulary, MaxBytes), Lines(merges)),
                [{ Path: var path } file] when path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) => new TokenizerDocument(plan, PlanFile.Parse(source, file, MaxBytes)).Read(),
                [{ Path: var path } file] when path.EndsWith(".model", StringComparison.OrdinalIgnoreCase) => OfPieces(plan, file),
                _ => WordPieces.OfVocabulary(plan, Lines(files[0])),
            };
        }
        catch (Exception failure) when (failure is not (FlamaException or OutOfMemoryException or OperationCanceledException))
        {
            throw Unreadable(plan, files[0]);
        }
    }

    /// <summary>The number of a token.</summary>
    /// <param name="plan">The plan, for messages.</param>
    /// <param name="key">The key that names the token.</param>
    /// <param name="token">The token.</param>
    /// <param name="vocabulary">All tokens.</param>
    public static int NumberOf(TextPlan plan, string key, string token, IReadOnlyDictionary<string, int> vocabulary) =>
        vocabulary.TryGetValue(token, out var number) ? number : throw plan.Source.Unfit(key, $"is '{SafeText.OneLine(token, 60)}', which is not in the vocabulary");

    private static TextTokenizer OfPieces(TextPlan plan, SideFile file)
    {
        using var stream = file.Content.OpenRead();
        var tokenizer = SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false, specialTokens: null);
        return new(new LibraryEncoder(tokenizer))
        {
            Front = plan is { AddsSpecialTokens: true, Front: { } front } ? [NumberOf(plan, "cls_token", front, tokenizer.Vocabulary)] : [],
            Back = plan is { AddsSpecialTokens: true, Back: { } back } ? [NumberOf(plan, "sep_token", back, tokenizer.Vocabulary)] : [],
            Pad = plan.Pad is { } pad ? NumberOf(plan, "pad_token", pad, tokenizer.Vocabulary) : tokenizer.Vocabulary.TryGetValue("<pad>", out var usual) ? usual : null,
        };
    }

    private static SideFile[] FilesOf(TextPlan plan, ModelSource source)
    {
        if (plan.Files.Count > 0)
        {
            return [.. plan.Files.Select(name => Bounded(plan, source.FindSideFile(name) ?? throw plan.Source.Unfit(Key, $"names '{SafeText.OneLine(name, 100)}', which is not with the model")))];
        }

        foreach (var names in Usual)
        {
            var found = names.Select(source.FindSideFile).ToArray();
            if (Array.TrueForAll(found, file => file is not null))
            {
                return [.. found.Select(file => Bounded(plan, file!))];
            }
        }

        throw plan.Source.Wrong(Key, "the name of a file; there is no tokenizer.json, vocab.txt, vocab.json with merges.txt, tokenizer.model or spiece.model with the model");
    }

    private static SideFile Bounded(TextPlan plan, SideFile file) =>
        file.Content.Length <= MaxBytes ? file : throw plan.Source.Unfit(Key, $"names '{SafeText.OneLine(file.Path, 100)}' of {file.Content.Length} bytes; at most {MaxBytes} are read");

    private static string[] Lines(SideFile file)
    {
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        return [.. strict.GetString(file.Content.ReadAll().Span).TrimStart('\uFEFF').TrimEnd('\n', '\r').Split('\n').Select(line => line.TrimEnd('\r'))];
    }

    private static FlamaException Unreadable(TextPlan plan, SideFile file) => plan.Source.Unfit(Key, $"names '{SafeText.OneLine(file.Path, 100)}', which cannot be read as a tokenizer");
}
