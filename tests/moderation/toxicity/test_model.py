"""What every model has in common."""

from moderation.toxicity.model import Model, ModelError
from moderation.toxicity.on_onnxruntime import OnnxModel, open_onnx
from tests.moderation.toxicity.models import TINY, Reads


def test_what_is_wrong_with_a_model_is_said_by_the_command_in_words() -> None:
    """The command prints the words of a ValueError, and no traceback."""
    assert issubclass(ModelError, ValueError)


def test_a_folder_and_a_twin_answer_alike() -> None:
    models: list[Model] = [open_onnx(f"onnx://{TINY}"), Reads()]

    for model in models:
        rows = model.predict(["hello", ""])
        assert [len(row) for row in rows] == [len(model.labels)] * 2
        model.close()

    assert isinstance(models[0], OnnxModel)
