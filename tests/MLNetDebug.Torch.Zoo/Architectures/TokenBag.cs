using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>The mean of embedded tokens, and an answer among the tokens by the same weights: input and output embedding are tied.</summary>
internal sealed class TokenBag : Module<Tensor, Tensor>
{
    /// <summary>The names under which the one weight is listed.</summary>
    public static readonly string[] Tie = ["embedding.weight", "head.weight"];

    private readonly Embedding embedding;
    private readonly Linear mixer;
    private readonly Linear head;

    public TokenBag(NetworkShape shape, Traits traits)
        : base(nameof(TokenBag))
    {
        embedding = Embedding(shape.Vocabulary, 24);
        mixer = Linear(24, 24);
        head = Linear(24, shape.Vocabulary, hasBias: false);
        // The usual scale of a tied embedding: as an output layer it must not be N(0, 1).
        init.normal_(embedding.weight!, 0, 0.2);
        head.weight = embedding.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(functional.relu(mixer.call(embedding.call(x).mean([1L]))));
}
