using Flama.Processing.Plans;

namespace Flama.Processing.Texts;

/// <summary>The tokenizer of a vocabulary of BERT's kind, a token a line.</summary>
internal static class WordPieces
{
    private const string Unknown = "[UNK]", Front = "[CLS]", Back = "[SEP]", Pad = "[PAD]", Mask = "[MASK]";

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="tokens">The tokens in the order of their numbers.</param>
    public static TextTokenizer OfVocabulary(TextPlan plan, IReadOnlyList<string> tokens)
    {
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        for (var i = 0; i < tokens.Count; i++)
        {
            vocabulary[tokens[i]] = i;
        }

        if (!vocabulary.ContainsKey(Unknown))
        {
            throw plan.Source.Unfit("tokenizer", $"names a vocabulary without '{Unknown}'");
        }

        Dictionary<string, int> special = new(vocabulary.Where(token => token.Key is Unknown or Front or Back or Pad or Mask), StringComparer.Ordinal);
        return new(new WordPieceEncoder(vocabulary, special, new(plan.Lowers, stripsAccents: plan.Lowers, splitsChinese: true, cleans: true)))
        {
            Front = plan.AddsSpecialTokens ? [TokenizerFiles.NumberOf(plan, "cls_token", plan.Front ?? Front, vocabulary)] : [],
            Back = plan.AddsSpecialTokens ? [TokenizerFiles.NumberOf(plan, "sep_token", plan.Back ?? Back, vocabulary)] : [],
            Pad = TokenizerFiles.NumberOf(plan, "pad_token", plan.Pad ?? Pad, vocabulary),
        };
    }
}
